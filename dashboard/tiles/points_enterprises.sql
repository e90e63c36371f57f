-- One row per freight enterprise that has a position: what the map styles and filters by, and what makes a heap.
select
    enterprise_id as id,
    name,
    kind,
    lon,
    lat,
    row(kind) as kinds,
    0 as rank
from enterprises
