-- The resources at which a truck may stand.
select
    resource_id as thing_id,
    lon,
    lat
from resources
order by resource_id
