-- The outline of the place as well-known binary.
select st_aswkb(boundary) as geom from build
