-- The pings as the statements read them, on Spark: moments as seconds of the clock on the wall, trucks as numbers.
select
    vehicle,
    xxhash64(vehicle) as truck,
    origin_id,
    row_number,
    cast(unix_micros(cast(pinged_at as timestamp)) as double) / 1000000 as at_s,
    lon,
    lat,
    speed_km_per_h,
    heading_deg,
    is_hazmat,
    0 as bucket
from pings
