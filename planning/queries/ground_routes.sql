-- Sections as drawn at a zoom, of those that reach into the box, WGS-84.
with drawn as (
    select
        route_id,
        st_transform(geom, 'EPSG:3857', 'EPSG:4326', always_xy := true) as geom
    from routes_on_map
    where $zoom between zoom_from and zoom_to
        and west_m <= $east_m and east_m >= $west_m and south_m <= $north_m and north_m >= $south_m
)

select
    thing.name,
    thing.class as kind,
    thing.ref as ref,
    st_aswkb(drawn.geom) as geom
from drawn
join routes as thing using (route_id)
order by route_id
