-- Whatever a truck drives to, but for the cells: what may lie on an expressway, and which direction it serves there.
select
    'places' as noun,
    place_id as thing_id,
    lon,
    lat,
    false as may_lie_on_expressway,
    null::varchar as serves_direction
from places
union all
select
    'repair_shops' as noun,
    shop_id as thing_id,
    lon,
    lat,
    false as may_lie_on_expressway,
    null as serves_direction
from repair_shops
union all
select
    'resources' as noun,
    resource_id as thing_id,
    lon,
    lat,
    kind in ('service_area', 'parking_area', 'fuel_station', 'toll_plaza', 'weigh_station') as may_lie_on_expressway,
    null as serves_direction
from resources
union all
select
    'stations' as noun,
    station_id as thing_id,
    lon,
    lat,
    true as may_lie_on_expressway,
    serves_direction
from stations
order by noun, thing_id;
