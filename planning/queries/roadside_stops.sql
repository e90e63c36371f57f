-- One row per stop at the roadside, away from any station and resource.
select
    stop_id,
    vehicle,
    lon,
    lat
from stops
where place_kind = 'roadside'
order by stop_id
