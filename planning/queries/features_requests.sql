-- Requests that fit: of these categories and channels, closed or not.
select
    row.request_id as thing_id,
    row.category,
    row.channel,
    row.priority,
    row.reported_at,
    row.ordered_at,
    row.closed_at,
    row.closed_at is null as is_open,
    row.content,
    row.location,
    row.township,
    origins.file,
    row.row_number,
    case when row.lon is not null then st_aswkb(st_point(row.lon, row.lat)) end as geom
from requests as row
join origins using (origin_id)
where
    ($thing is null or row.request_id = $thing)
    and ($category is null or list_contains($category, coalesce(row.category::varchar, 'unknown')))
    and ($channel is null or list_contains($channel, coalesce(row.channel::varchar, 'unknown')))
    and ($is_open is null or list_contains($is_open, (row.closed_at is null)::varchar))
order by row.request_id
