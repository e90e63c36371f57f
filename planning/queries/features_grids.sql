-- Grids of these levels with what lies in each: its own numbers as written, and land and people of all that is below
-- it. What is rolled up the tree, `planning/grids` lays beside.
with recursive
-- The distinct union ends where the ledger runs in a circle.
below as (
    select
        grid_id as top_id,
        grid_id
    from grids
    union
    select
        below.top_id,
        child.grid_id
    from below
    join grids as child on child.parent_id = below.grid_id
),
-- Of each grid alone first: many cells, few grids.
own_ground as (
    select
        grid_id,
        sum(area_km2) as area_km2,
        sum(people) as people,
        bool_or(is_people_partly_unknown) as is_people_partly_unknown
    from cells
    group by grid_id
),
ground as (
    select
        below.top_id,
        sum(own_ground.area_km2) as area_km2,
        sum(own_ground.people) as people_in,
        bool_or(own_ground.is_people_partly_unknown) as is_people_partly_unknown
    from below
    join own_ground using (grid_id)
    group by below.top_id
),
chosen as (
    select *
    from grids
    where
        ($thing is null or grid_id = $thing)
        and ($level is null or list_contains($level, coalesce(level::varchar, 'unknown')))
),
inside as (
    select
        chosen.grid_id,
        count(*) as repair_shops_in
    from chosen
    join repair_shops on st_contains(chosen.geom, st_point(repair_shops.lon, repair_shops.lat))
    group by chosen.grid_id
)
select
    row.grid_id as thing_id,
    row.name,
    row.level,
    parent.name as parent,
    row.post,
    row.unit,
    row.drivers,
    row.party_drivers,
    row.people,
    ground.area_km2,
    ground.people_in,
    coalesce(ground.is_people_partly_unknown, true) as is_people_partly_unknown,
    coalesce(inside.repair_shops_in, 0) as repair_shops_in,
    row.surveyed_on,
    origins.file,
    row.row_number,
    st_aswkb(row.geom) as geom
from chosen as row
join origins using (origin_id)
left join grids as parent on parent.grid_id = row.parent_id
left join ground on ground.top_id = row.grid_id
left join inside on inside.grid_id = row.grid_id
order by row.level, row.grid_id
