-- One row: a noun's points of a tile, and how many features they make. Those of like kind in one square of the raster
-- are a heap: one stands for `n` of them. With no raster each point is a feature.
with points as (
    select * from points_of_noun
    where
        lon between $west_deg and $east_deg
        and lat between $south_deg and $north_deg
),

on_map as (
    select
        *,
        $radius_m * radians(lon) as x_m,
        $radius_m * asinh(tan(radians(lat))) as y_m
    from points
),

placed as (
    select
        * exclude (lon, lat, x_m, y_m),
        $x_by_x * x_m + $x_by_y * y_m + $x_off as x,
        $y_by_x * x_m + $y_by_y * y_m + $y_off as y
    from on_map
),

heaps as (
    select
        arg_min(placed, row(rank, id)) as first_of_heap,
        case when $raster is not null then count(*)::integer end as n
    from placed
    group by
        case when $raster is null then id end,
        floor(x / $raster),
        floor(y / $raster),
        kinds
),

told as (
    select
        unnest(first_of_heap),
        n
    from heaps
),

features as (
    select
        * exclude (x, y, kinds, rank),
        st_point(floor(x + 0.5), floor(y + 0.5)) as geom
    from told
)

select
    st_asmvt(features, $layer, $units, 'geom' order by id) as tile,
    count(*) as features
from features
