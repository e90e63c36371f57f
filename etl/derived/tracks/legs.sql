-- One row per ping that counts, one a minute, with the leg that ends at it: standing, driving, or hidden.
--
-- Trackers that speak every second say no more about rests than those that speak every minute. States are numbers
-- here (0 hidden, 1 standing, 2 driving), since windows carry texts from row to row at four times the time.
with sound as (
    select
        truck,
        at_s,
        x_m,
        y_m,
        heading_deg,
        lag(truck) over track as truck_before,
        floor(lag(at_s) over track / $slot_s) as slot_before
    from marked_points
    where fault is null
    window track as (partition by truck order by at_s, x_m, y_m)
),
followed as (
    select
        truck,
        at_s,
        x_m,
        y_m,
        heading_deg,
        case when lag(truck) over track = truck then lag(at_s) over track end as before_s,
        lag(x_m) over track as before_x_m,
        lag(y_m) over track as before_y_m
    from sound
    where truck_before is null or truck_before <> truck or slot_before <> floor(at_s / $slot_s)
    window track as (partition by truck order by at_s, x_m, y_m)
),
measured as (
    select
        truck,
        at_s,
        x_m,
        y_m,
        heading_deg,
        before_s,
        before_x_m,
        before_y_m,
        at_s - before_s as leg_s,
        sqrt((x_m - before_x_m) * (x_m - before_x_m) + (y_m - before_y_m) * (y_m - before_y_m)) as leg_m
    from followed
)
select
    *,
    case
        when before_s is null then 0
        when leg_m > $fastest_m_per_s * leg_s then 0
        when leg_m <= greatest($noise_m, least($standing_radius_m, $walking_m_per_s * leg_s)) then 1
        -- Time enough for a rest that nobody saw, even at full speed along the straight line.
        when leg_s - leg_m / $cruising_m_per_s >= $rest_s or leg_s > $longest_leg_s then 0
        else 2
    end as state
from measured
