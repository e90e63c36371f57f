-- The stops as found, oldest first.
insert into stops by name
select
    row_number() over (order by begin_s, vehicle) as stop_id,
    vehicle,
    hazmat = 1 as is_hazmat,
    make_timestamp((begin_s * 1e6)::bigint) as begins_at,
    make_timestamp((end_s * 1e6)::bigint) as ends_at,
    (end_s - begin_s) / 60 as stop_min,
    place_kind,
    thing_id,
    cells.cell_id,
    placed_stops.lon,
    placed_stops.lat
from placed_stops
left join cells using (cell_id)
order by stop_id
