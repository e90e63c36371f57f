-- One row per stop: stands of at least the time of a rest; two of them with mere shunting between are one.
with followed as (
    select
        *,
        lag(kind) over track as kind_before,
        lag(driven_m) over track as driven_before_m
    from pieces
    window track as (partition by truck order by piece)
),
numbered as (
    select
        *,
        sum(case when kind_before = 'stop' and driven_before_m < $shunting_m then 0 else 1 end) over (
            partition by truck order by piece rows between unbounded preceding and current row
        ) as stop
    from followed
    where kind = 'stop'
)
select
    min(trucks_at_hand.vehicle) as vehicle,
    max(trucks_at_hand.hazmat) as hazmat,
    min(numbered.begin_s) as begin_s,
    max(numbered.end_s) as end_s,
    sum(numbered.x_m * (numbered.end_s - numbered.begin_s)) / sum(numbered.end_s - numbered.begin_s) as x_m,
    sum(numbered.y_m * (numbered.end_s - numbered.begin_s)) / sum(numbered.end_s - numbered.begin_s) as y_m
from numbered
inner join trucks_at_hand on numbered.truck = trucks_at_hand.truck
group by numbered.truck, numbered.stop
