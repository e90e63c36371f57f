-- One row per county with a name to show.
select
    name,
    is_inside,
    lon,
    lat
from surroundings
where
    lon between $west_deg and $east_deg
    and lat between $south_deg and $north_deg
