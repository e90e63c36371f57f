-- One row per request that has a position: what the map styles and filters by, and what makes a heap.
select
    request_id as id,
    location as name,
    category,
    channel,
    closed_at is null as is_open,
    lon,
    lat,
    row(category, channel, closed_at is null) as kinds,
    0 as rank
from requests
