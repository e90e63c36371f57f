-- Stations inside the place that lie in no grid; none where there are no grids at all.
insert into findings by name
with stations as (
    select station_id, name, lon, lat, st_point(lon, lat) as spot
    from stations
),

boundary as (
    select st_geomfromwkb($boundary) as geom
),

inside as (
    select stations.*
    from stations
    inner join boundary on st_intersects(stations.spot, boundary.geom)
    where exists (from grids)
),

in_grid as (
    select distinct inside.station_id
    from inside
    inner join grids on st_intersects(inside.spot, grids.geom)
)

select
    'station_in_no_grid' as rule,
    'stations' as noun,
    station_id as subject_id,
    name as subject_name,
    lon,
    lat
from inside
anti join in_grid using (station_id)
order by station_id;
