-- Rivers.
select
    row.river_id as thing_id,
    row.name,
    row.kind,
    origins.file,
    row.row_number,
    st_aswkb(row.geom) as geom
from rivers as row
join origins using (origin_id)
where ($thing is null or row.river_id = $thing)
order by row.river_id
