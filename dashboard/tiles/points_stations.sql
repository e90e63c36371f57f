-- One row per station: what the map styles and filters by, and what makes a heap.
select
    station_id as id,
    name,
    tier,
    status,
    lon,
    lat,
    row(tier, status) as kinds,
    0 as rank
from stations
