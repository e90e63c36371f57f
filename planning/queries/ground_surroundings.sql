-- Counties around as drawn at a zoom, of those that reach into the box, WGS-84.
with drawn as (
    select
        code,
        st_transform(geom, 'EPSG:3857', 'EPSG:4326', always_xy := true) as geom
    from surroundings_on_map
    where $zoom between zoom_from and zoom_to
        and west_m <= $east_m and east_m >= $west_m and south_m <= $north_m and north_m >= $south_m
)

select
    surroundings.name,
    surroundings.is_inside,
    surroundings.lon,
    surroundings.lat,
    st_aswkb(drawn.geom) as geom
from drawn
join surroundings using (code)
order by code
