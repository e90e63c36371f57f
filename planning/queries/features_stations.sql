-- Stations that fit: of these tiers and statuses, and with all of these facilities.
select
    row.station_id as thing_id,
    row.name,
    row.tier,
    row.status,
    row.facilities,
    row.facilities_unknown,
    row.bays,
    row.opening_hours,
    row.opened_on,
    row.cost_yuan,
    row.operator,
    row.serves_direction,
    row.township,
    row.address,
    origins.file,
    row.row_number,
    st_aswkb(st_point(row.lon, row.lat)) as geom
from stations as row
join origins using (origin_id)
where
    ($thing is null or row.station_id = $thing)
    and ($tier is null or list_contains($tier, coalesce(row.tier::varchar, 'unknown')))
    and ($status is null or list_contains($status, coalesce(row.status::varchar, 'unknown')))
    and ($needs is null or list_has_all(row.facilities, $needs))
order by row.station_id
