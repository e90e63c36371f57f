-- One row per ping of the trucks at hand, with the reason for which it is left out, if any.
with neighbours as (
    select
        truck,
        at_s,
        x_m,
        y_m,
        speed_km_per_h,
        heading_deg,
        case when lag(truck) over track = truck then lag(at_s) over track end as before_s,
        lag(x_m) over track as before_x_m,
        lag(y_m) over track as before_y_m,
        case when lead(truck) over track = truck then lead(at_s) over track end as after_s,
        lead(x_m) over track as after_x_m,
        lead(y_m) over track as after_y_m
    from points
    where is_inside
    window track as (partition by truck order by at_s, x_m, y_m)
),
-- Squares of metres a second: a root for each ping would take as long as all the rest.
hurries as (
    select
        *,
        (x_m - before_x_m) * (x_m - before_x_m) + (y_m - before_y_m) * (y_m - before_y_m) as to_here_m2,
        (after_x_m - x_m) * (after_x_m - x_m) + (after_y_m - y_m) * (after_y_m - y_m) as from_here_m2,
        (after_x_m - before_x_m) * (after_x_m - before_x_m)
        + (after_y_m - before_y_m) * (after_y_m - before_y_m) as past_here_m2,
        $fastest_m_per_s * (at_s - before_s) as reach_to_m,
        $fastest_m_per_s * (after_s - at_s) as reach_from_m,
        $fastest_m_per_s * (after_s - before_s) as reach_past_m
    from neighbours
)
select
    truck,
    at_s,
    x_m,
    y_m,
    heading_deg,
    case
        when at_s = before_s then 'repeated'
        when before_s is not null and to_here_m2 = 0 and speed_km_per_h > $frozen_from_km_per_h then 'frozen'
        -- Off to somewhere no truck could reach, and back: the way past it is possible.
        when
            to_here_m2 > reach_to_m * reach_to_m
            and from_here_m2 > reach_from_m * reach_from_m
            and past_here_m2 <= reach_past_m * reach_past_m
            then 'jumped'
    end as fault
from hurries
