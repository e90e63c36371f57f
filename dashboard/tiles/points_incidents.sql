-- One row per incident that has a position: what the map styles and filters by, and what makes a heap.
select
    incident_id as id,
    location as name,
    kind,
    severity,
    lon,
    lat,
    row(kind, severity) as kinds,
    0 as rank
from incidents
