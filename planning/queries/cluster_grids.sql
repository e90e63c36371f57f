-- The grids that hold each of these spots, from the widest to the smallest: who answers for it.
with spots as (
    select
        unnest(range(len($lon))) as spot,
        unnest($lon) as lon,
        unnest($lat) as lat
)
select
    spots.spot,
    grids.grid_id,
    grids.name,
    grids.level,
    grids.post,
    grids.unit
from spots
join grids on st_contains(grids.geom, st_point(spots.lon, spots.lat))
order by spots.spot, grids.level nulls last, grids.grid_id
