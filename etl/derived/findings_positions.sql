-- Points whose longitude and latitude both have two decimals at most. A converted position never looks so, so a
-- coarse one in a file of another datum is missed, but none is found wrongly.
insert into findings by name
with points as (
    select 'stations' as noun, station_id as subject_id, name as subject_name, lon, lat from stations
    union all
    select 'resources', resource_id, name, lon, lat from resources
    union all
    select 'places', place_id, name, lon, lat from places
    union all
    select 'repair_shops', shop_id, name, lon, lat from repair_shops
    union all
    select 'enterprises', enterprise_id, name, lon, lat from enterprises
)

select
    'coarse_position' as rule,
    *
from points
where abs(lon * 100 - round(lon * 100)) < 1e-9 and abs(lat * 100 - round(lat * 100)) < 1e-9
order by noun, subject_id;
