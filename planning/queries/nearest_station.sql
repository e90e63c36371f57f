-- The open station nearest to a spot as the crow flies, on the sphere.
select
    station_id as thing_id,
    name,
    tier,
    st_distance_sphere(st_point(lon, lat), st_point($lon, $lat)) / 1000 as straight_km
from stations
where status = 'open'
order by straight_km, station_id
limit 1
