-- Road sections of these classes.
select
    row.route_id as thing_id,
    row.ref,
    row.name,
    row.class,
    row.direction,
    row.is_oneway,
    row.speed_km_per_h,
    row.trucks_per_day,
    row.stake_from_km,
    row.stake_to_km,
    row.is_hazmat_allowed,
    row.is_truck_allowed,
    row.is_bridge,
    row.is_tunnel,
    row.layer,
    origins.file,
    row.row_number,
    st_aswkb(row.geom) as geom
from routes as row
join origins using (origin_id)
where
    ($thing is null or row.route_id = $thing)
    and ($class is null or list_contains($class, coalesce(row.class::varchar, 'unknown')))
order by row.route_id
