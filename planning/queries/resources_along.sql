-- One row per resource with what a planner asks of a place that could become a station.
select
    resource_id as thing_id,
    name,
    kind,
    facilities,
    facilities_unknown,
    bays,
    township,
    lon,
    lat
from resources
order by resource_id
