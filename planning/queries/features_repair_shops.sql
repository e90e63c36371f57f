-- Repair shops that fit: of these classes, filed or not.
select
    row.shop_id as thing_id,
    row.name,
    row.class,
    row.is_filed,
    row.on_green_land,
    row.on_roadside,
    row.surveyed_on,
    row.township,
    row.address,
    origins.file,
    row.row_number,
    st_aswkb(st_point(row.lon, row.lat)) as geom
from repair_shops as row
join origins using (origin_id)
where
    ($thing is null or row.shop_id = $thing)
    and ($class is null or list_contains($class, coalesce(row.class::varchar, 'unknown')))
    and ($is_filed is null or list_contains($is_filed, coalesce(row.is_filed::varchar, 'unknown')))
order by row.shop_id
