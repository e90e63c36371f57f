-- One cell with its numbers and its square.
select
    cell_id,
    area_km2,
    drivers,
    is_drivers_partly_unknown,
    people,
    is_people_partly_unknown,
    st_aswkb(geom) as geom
from cells
where cell_id = $cell_id
