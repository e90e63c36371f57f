-- Villages and towns of these kinds.
select
    row.place_id as thing_id,
    row.name,
    row.kind,
    row.people,
    row.township,
    origins.file,
    row.row_number,
    st_aswkb(st_point(row.lon, row.lat)) as geom
from places as row
join origins using (origin_id)
where
    ($thing is null or row.place_id = $thing)
    and ($kind is null or list_contains($kind, coalesce(row.kind::varchar, 'unknown')))
order by row.place_id
