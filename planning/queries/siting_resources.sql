-- One row per resource that could host a station.
select
    resource_id,
    name,
    kind,
    facilities,
    bays,
    lon,
    lat
from resources
order by resource_id
