-- One row: the most points that a tile of the zoom holds, and the most heaps that squares of this side make of one.
with points as (
    select * from points_of_noun
    where lon is not null and lat is not null
),

on_map as (
    select
        kinds,
        $tile_px * pow(2, $zoom) * (0.5 + radians(lon) / (2 * pi())) as x,
        $tile_px * pow(2, $zoom) * (0.5 - asinh(tan(radians(lat))) / (2 * pi())) as y
    from points
),

heaps as (
    select
        floor(x / $side_px) as column_number,
        floor(y / $side_px) as row_number,
        kinds,
        count(*) as n
    from on_map
    group by all
),

tiles as (
    select
        floor(column_number * $side_px / $tile_px) as tile_x,
        floor(row_number * $side_px / $tile_px) as tile_y,
        sum(n)::integer as points,
        count(*)::integer as heaps
    from heaps
    group by all
)

select
    coalesce(max(points), 0) as points,
    coalesce(max(heaps), 0) as heaps
from tiles
