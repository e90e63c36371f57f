-- One row per station with all that a planner may ask of it.
select
    station_id,
    origin_id,
    name,
    tier,
    status,
    facilities,
    facilities_unknown,
    opening_hours,
    serves_direction,
    bays,
    lon,
    lat
from stations
order by station_id
