-- One row per stretch of a track in which the truck stands, drives, or cannot be followed; hidden legs one by one.
with running as (
    select
        truck,
        at_s,
        before_s,
        before_x_m,
        before_y_m,
        x_m,
        y_m,
        leg_s,
        leg_m,
        state,
        case when lag(truck) over track = truck then lag(state) over track end as state_before,
        case when lead(truck) over track = truck then lead(state) over track end as state_after,
        row_number() over track as nth,
        sum(cast(coalesce(leg_m, 0) as double)) over track_so_far as sum_leg_m
    from legs
    window
        track as (partition by truck order by at_s, x_m, y_m),
        track_so_far as (
            partition by truck order by at_s, x_m, y_m rows between unbounded preceding and current row
        )
),
-- Only where a stretch begins or a track ends; the sums so far tell what lies between.
turns as (
    select
        *,
        case when state_before is null or state <> state_before or state = 0 then 1 else 0 end as is_turn
    from running
    where state_before is null or state <> state_before or state = 0 or state_after is null
),
begun as (
    select
        *,
        lead(before_s) over turns_of_truck as end_s,
        lead(before_x_m) over turns_of_truck as end_x_m,
        lead(before_y_m) over turns_of_truck as end_y_m,
        lead(nth) over turns_of_truck - 1 as end_nth,
        lead(sum_leg_m - coalesce(leg_m, 0)) over turns_of_truck as end_sum_leg_m
    from turns
    where is_turn = 1
    window turns_of_truck as (partition by truck order by nth)
),
last_pings as (
    select
        truck,
        at_s as last_s,
        x_m as last_x_m,
        y_m as last_y_m,
        nth as last_nth,
        sum_leg_m as last_sum_leg_m
    from turns
    where state_after is null
),
closed as (
    select
        begun.truck,
        begun.nth,
        begun.state,
        begun.leg_s,
        begun.leg_m,
        case when begun.state = 0 then begun.at_s else begun.before_s end as begin_s,
        coalesce(begun.end_s, last_pings.last_s) as end_s,
        begun.before_x_m as begin_x_m,
        begun.before_y_m as begin_y_m,
        coalesce(begun.end_x_m, last_pings.last_x_m) as end_x_m,
        coalesce(begun.end_y_m, last_pings.last_y_m) as end_y_m,
        coalesce(begun.end_nth, last_pings.last_nth) - begun.nth + 1 as pings,
        coalesce(begun.end_sum_leg_m, last_pings.last_sum_leg_m) - begun.sum_leg_m + coalesce(begun.leg_m, 0)
            as way_m
    from begun
    inner join last_pings on begun.truck = last_pings.truck
)
select
    truck,
    nth as stretch,
    case
        when state = 0 then 'hidden'
        -- Slower than a man and yet ever onwards: a jam, and no stand.
        when
            state = 1
            and (end_x_m - begin_x_m) * (end_x_m - begin_x_m) + (end_y_m - begin_y_m) * (end_y_m - begin_y_m)
            <= $shunting_m * $shunting_m
            then 'standing'
        else 'driving'
    end as state,
    begin_s,
    end_s,
    way_m,
    pings,
    leg_s,
    leg_m,
    (begin_x_m + end_x_m) / 2 as x_m,
    (begin_y_m + end_y_m) / 2 as y_m
from closed
