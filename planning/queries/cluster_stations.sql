-- The open station nearest to each of these spots as the crow flies, on the sphere.
with spots as (
    select
        unnest(range(len($lon))) as spot,
        unnest($lon) as lon,
        unnest($lat) as lat
),
ways as (
    select
        spots.spot,
        stations.station_id as thing_id,
        stations.name,
        stations.tier,
        st_distance_sphere(st_point(stations.lon, stations.lat), st_point(spots.lon, spots.lat)) / 1000 as straight_km
    from spots
    cross join stations
    where stations.status = 'open'
)
select *
from ways
qualify row_number() over (partition by spot order by straight_km, thing_id) = 1
order by spot
