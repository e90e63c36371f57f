-- Places of these kinds with their people, for names on a map.
select
    name,
    kind,
    people,
    lon,
    lat
from places
where name is not null and list_contains($kinds, kind::varchar)
order by place_id
