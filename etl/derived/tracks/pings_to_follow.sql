-- The pings as the statements read them, in the embedded database: moments as seconds, trucks as numbers in portions.
create or replace temp view pings_to_follow as
select
    vehicle,
    hash(vehicle) as truck,
    epoch(pinged_at) as at_s,
    lon,
    lat,
    speed_km_per_h,
    heading_deg,
    is_hazmat,
    case when getvariable('buckets') = 1 then 0 else hash(vehicle) % getvariable('buckets') end as bucket
from pings;
