-- How many rows each kind of each noun has; null is the unknown kind.
select 'stations' as noun, tier as kind, count(*) as row_count from stations group by all
union all
select 'resources', kind, count(*) from resources group by all
union all
select 'grids', level::varchar, count(*) from grids group by all
union all
select
    'grid_faults',
    case rule when 'hole_between_grids' then 'hole' when 'grids_overlap' then 'overlap' else 'outside_parent' end,
    count(*)
from findings
where rule in ('hole_between_grids', 'grids_overlap', 'grid_outside_parent')
group by all
union all
select 'repair_shops', class, count(*) from repair_shops group by all
union all
select 'routes', class, count(*) from routes group by all
union all
select 'rivers', kind, count(*) from rivers group by all
union all
select 'requests', category, count(*) from requests group by all
union all
select 'incidents', kind, count(*) from incidents group by all
union all
select 'places', kind, count(*) from places group by all
union all
select 'enterprises', kind, count(*) from enterprises group by all
