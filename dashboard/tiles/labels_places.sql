-- One row per city, town or village in the box, the larger first: no more than a tile can show of each kind.
select
    name,
    kind,
    people,
    lon,
    lat
from places
where
    lon between $west_deg and $east_deg
    and lat between $south_deg and $north_deg
    and list_contains($kinds, kind)
qualify row_number() over (partition by kind order by people desc nulls last, place_id) <= $most
order by people desc nulls last, place_id
