-- One row per spell that reaches the longest driving: where it does.
with long_spells as (
    select
        truck,
        begin_s,
        begin_s + $spell_s as break_s
    from spells_of_portion
    where end_s - begin_s >= $spell_s
),
-- Pings are looked for by the hour: within a spell no two that follow each other are farther apart than two hours.
sought as (
    select
        long_spells.truck,
        long_spells.begin_s,
        long_spells.break_s,
        floor(long_spells.break_s / 3600) + hours_around.hour as hour
    from long_spells
    cross join hours_around
),
near as (
    select
        sought.truck,
        sought.begin_s,
        sought.break_s,
        points.at_s,
        points.x_m,
        points.y_m
    from points
    inner join sought on points.truck = sought.truck and floor(points.at_s / 3600) = sought.hour
    left join faulty_points on points.truck = faulty_points.truck and points.at_s = faulty_points.at_s
    where points.is_inside and coalesce(faulty_points.fault, 'repeated') = 'repeated'
),
followed as (
    select
        *,
        lead(at_s) over spell as next_s,
        lead(x_m) over spell as next_x_m,
        lead(y_m) over spell as next_y_m
    from near
    window spell as (partition by truck, begin_s order by at_s, x_m, y_m)
)
select
    trucks_at_hand.vehicle,
    followed.begin_s,
    followed.x_m + (followed.next_x_m - followed.x_m) * (followed.break_s - followed.at_s)
    / (followed.next_s - followed.at_s) as x_m,
    followed.y_m + (followed.next_y_m - followed.y_m) * (followed.break_s - followed.at_s)
    / (followed.next_s - followed.at_s) as y_m
from followed
inner join trucks_at_hand on followed.truck = trucks_at_hand.truck
where followed.at_s < followed.break_s and followed.next_s >= followed.break_s
