-- One row per county that is drawn at a zoom, with what its tiles tell of it; those of the place last, on top.
select
    drawn.code,
    surroundings.is_inside::integer as inside,
    drawn.west_m,
    drawn.south_m,
    drawn.east_m,
    drawn.north_m,
    st_aswkb(drawn.geom) as shape
from surroundings_on_map as drawn
inner join surroundings using (code)
where $zoom between drawn.zoom_from and drawn.zoom_to
order by surroundings.is_inside, drawn.code
