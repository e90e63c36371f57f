-- Whatever a truck drives to, but for the cells.
select 'places' as noun, place_id as thing_id, lon, lat from places
union all
select 'resources' as noun, resource_id as thing_id, lon, lat from resources
union all
select 'stations' as noun, station_id as thing_id, lon, lat from stations
order by noun, thing_id;
