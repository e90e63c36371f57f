-- One row per resource: what the map styles and filters by, and what makes a heap.
select
    resource_id as id,
    name,
    kind,
    lon,
    lat,
    row(kind) as kinds,
    0 as rank
from resources
