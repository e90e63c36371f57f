-- One row per stop or hidden leg, with the drive that follows it up to the next one; short pauses lie inside drives.
with kinds as (
    select
        *,
        case
            when state = 'hidden' then 'hidden'
            when state = 'standing' and end_s - begin_s >= $rest_s then 'stop'
            else 'under_way'
        end as kind
    from stretches
),
numbered as (
    select
        *,
        sum(case when kind = 'under_way' then 0 else 1 end) over (
            partition by truck order by stretch rows between unbounded preceding and current row
        ) as piece
    from kinds
)
select
    truck,
    piece,
    max(case when kind <> 'under_way' then kind end) as kind,
    max(case when kind <> 'under_way' then begin_s end) as begin_s,
    max(case when kind <> 'under_way' then end_s end) as end_s,
    max(case when kind = 'stop' then x_m end) as x_m,
    max(case when kind = 'stop' then y_m end) as y_m,
    max(case when kind = 'hidden' then leg_s end) as hidden_s,
    max(case when kind = 'hidden' then leg_m end) as hidden_m,
    min(case when state = 'driving' then begin_s end) as drive_begin_s,
    max(case when state = 'driving' then end_s end) as drive_end_s,
    coalesce(sum(case when state = 'driving' then way_m end), 0) as driven_m,
    coalesce(sum(case when kind = 'under_way' and state = 'standing' then end_s - begin_s end), 0) as paused_s
from numbered
group by truck, piece
