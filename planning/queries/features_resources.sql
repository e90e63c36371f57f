-- Resources that fit: of these kinds, and with all of these facilities.
select
    row.resource_id as thing_id,
    row.name,
    row.kind,
    row.facilities,
    row.facilities_unknown,
    row.bays,
    row.operator,
    row.area_m2,
    row.township,
    row.address,
    origins.file,
    row.row_number,
    st_aswkb(st_point(row.lon, row.lat)) as geom
from resources as row
join origins using (origin_id)
where
    ($thing is null or row.resource_id = $thing)
    and ($kind is null or list_contains($kind, coalesce(row.kind::varchar, 'unknown')))
    and ($needs is null or list_has_all(row.facilities, $needs))
order by row.resource_id
