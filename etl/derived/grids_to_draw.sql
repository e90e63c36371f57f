-- One row per grid, with the level within which grids are neighbours.
select
    grid_id,
    level,
    st_aswkb(geom) as shape
from grids
order by grid_id;
