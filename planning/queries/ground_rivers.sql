-- Rivers as drawn at a zoom, of those that reach into the box, WGS-84.
with drawn as (
    select
        river_id,
        st_transform(geom, 'EPSG:3857', 'EPSG:4326', always_xy := true) as geom
    from rivers_on_map
    where $zoom between zoom_from and zoom_to
        and west_m <= $east_m and east_m >= $west_m and south_m <= $north_m and north_m >= $south_m
)

select
    thing.name,
    thing.kind as kind,
    null as ref,
    st_aswkb(drawn.geom) as geom
from drawn
join rivers as thing using (river_id)
order by river_id
