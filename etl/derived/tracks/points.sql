-- One row per ping of the trucks at hand, in metres of the place's projection.
with at_hand as (
    select *
    from pings_to_follow
    where bucket = $bucket
),
-- The projection in closed form: see LocalProjection.closed_form.
on_sphere as (
    select
        *,
        sin(radians(lat)) as sin_lat,
        $eccentricity * sin(radians(lat)) as bent,
        radians(lon - $centre_lon_deg) as turn
    from at_hand
),
authalic as (
    select
        *,
        (1 - $eccentricity * $eccentricity)
        * (
            sin_lat / (1 - bent * bent)
            - ln((1 - bent) / (1 + bent)) / (2 * $eccentricity)
        ) / $q_pole as sin_beta
    from on_sphere
),
turned as (
    select
        *,
        sqrt(greatest(0, 1 - sin_beta * sin_beta)) as cos_beta,
        cos(turn) as cos_turn
    from authalic
),
scaled as (
    select
        *,
        $radius_m * sqrt(2 / (1 + $sin_beta_0 * sin_beta + $cos_beta_0 * cos_beta * cos_turn)) as scale_m
    from turned
)
select
    truck,
    cast(floor(at_s) as bigint) as at_s,
    -- To three centimetres: half the room, and so less to sort.
    cast(scale_m * $stretch * cos_beta * sin(turn) as float) as x_m,
    cast(scale_m / $stretch * ($cos_beta_0 * sin_beta - $sin_beta_0 * cos_beta * cos_turn) as float) as y_m,
    cast(speed_km_per_h as float) as speed_km_per_h,
    cast(heading_deg as float) as heading_deg,
    lon between $west and $east and lat between $south and $north as is_inside
from scaled
