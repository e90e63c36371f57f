-- The spells as found, oldest first, each with its breakpoint where it has one.
insert into spells by name
select
    row_number() over (order by begin_s, vehicle) as spell_id,
    vehicle,
    hazmat = 1 as is_hazmat,
    make_timestamp((begin_s * 1e6)::bigint) as begins_at,
    make_timestamp((end_s * 1e6)::bigint) as ends_at,
    (end_s - begin_s) / 60 as spell_min,
    paused_s / 60 as paused_min,
    driven_m / 1000 as driven_km,
    is_begin_known,
    is_end_known,
    lon as break_lon,
    lat as break_lat
from spells_found
left join breakpoints using (vehicle, begin_s)
order by spell_id
