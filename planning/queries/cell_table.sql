-- One row per cell, in the order of their numbers: where it lies, whose it is, and what is known of it.
select
    cell_id,
    i,
    j,
    lon,
    lat,
    area_km2,
    drivers,
    is_drivers_partly_unknown,
    people,
    is_people_partly_unknown,
    grid_id
from cells
order by cell_id
