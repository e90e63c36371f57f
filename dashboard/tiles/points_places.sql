-- One row per village or town: what the map styles and filters by, and what makes a heap; the largest stands for it.
select
    place_id as id,
    name,
    kind,
    people,
    lon,
    lat,
    row(kind) as kinds,
    -coalesce(people, 0) as rank
from places
