-- One row per cell: where it lies in the lattice, and all that its measures are made of.
select
    i,
    j,
    area_km2,
    drivers,
    is_drivers_partly_unknown,
    people,
    is_people_partly_unknown
from cells
