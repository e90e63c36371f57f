-- One row per kind, state and grid: stations by status, and open requests, each in the lowest grid that holds it.
-- Of several that hold it the one with the most grids above it, then the smallest. A request without a position lies
-- in the township that its words name, if they name one alone. No grid: outside all of them, or nobody knows where.
-- `$grid_ids` and `$depths` tell how many grids lie above each.
with depths as (
    select
        unnest($grid_ids::varchar[]) as grid_id,
        unnest($depths::integer[]) as depth
),
things as (
    select
        'station' as kind,
        station_id as thing_id,
        coalesce(status, 'unknown') as state,
        st_point(lon, lat) as spot,
        null as words
    from stations
    union all
    select
        'request' as kind,
        request_id as thing_id,
        'open' as state,
        st_point(lon, lat) as spot,
        concat_ws(' ', township, location) as words
    from requests
    where closed_at is null
),
held as (
    select
        things.kind,
        things.thing_id,
        arg_min(grids.grid_id, (-depths.depth, st_area(grids.geom), grids.grid_id)) as grid_id
    from things
    join grids on st_intersects(grids.geom, things.spot)
    join depths on depths.grid_id = grids.grid_id
    group by things.kind, things.thing_id
),
townships as (
    select
        grid_id,
        name
    from grids
    where level = 3
),
named as (
    select
        things.kind,
        things.thing_id,
        any_value(townships.grid_id) as grid_id
    from things
    join townships on contains(things.words, townships.name)
    where things.spot is null
    group by things.kind, things.thing_id
    having count(*) = 1
)
select
    things.kind,
    things.state,
    coalesce(held.grid_id, named.grid_id) as grid_id,
    things.spot is null as is_without_position,
    count(*) as things
from things
left join held on held.kind = things.kind and held.thing_id = things.thing_id
left join named on named.kind = things.kind and named.thing_id = things.thing_id
group by all
order by all
