-- The grids that hold a spot, from the widest to the smallest: who answers for it.
select
    grid_id,
    name,
    level,
    post,
    unit
from grids
where st_contains(geom, st_point($lon, $lat))
order by level nulls last, grid_id
