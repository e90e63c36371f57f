-- Crashes and violations of these kinds and severities.
select
    row.incident_id as thing_id,
    row.kind,
    row.happened_at,
    row.severity,
    row.deaths,
    row.injuries,
    row.ref,
    row.stake_km,
    row.location,
    row.township,
    origins.file,
    row.row_number,
    case when row.lon is not null then st_aswkb(st_point(row.lon, row.lat)) end as geom
from incidents as row
join origins using (origin_id)
where
    ($thing is null or row.incident_id = $thing)
    and ($kind is null or list_contains($kind, coalesce(row.kind::varchar, 'unknown')))
    and ($severity is null or list_contains($severity, coalesce(row.severity::varchar, 'unknown')))
order by row.incident_id
