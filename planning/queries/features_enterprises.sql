-- Freight enterprises with a known position, of these kinds.
select
    row.enterprise_id as thing_id,
    row.name,
    row.kind,
    row.trucks,
    row.drivers,
    row.party_members,
    row.is_hazmat_carrier,
    row.township,
    row.address,
    origins.file,
    row.row_number,
    case when row.lon is not null then st_aswkb(st_point(row.lon, row.lat)) end as geom
from enterprises as row
join origins using (origin_id)
where
    ($thing is null or row.enterprise_id = $thing)
    and ($kind is null or list_contains($kind, coalesce(row.kind::varchar, 'unknown')))
order by row.enterprise_id
