-- One row per driving spell: from one rest to the next, or as far as it could be followed.
with followed as (
    select
        *,
        lag(kind) over track as kind_before,
        lag(driven_m) over track as driven_before_m,
        lead(kind) over track as kind_after,
        lead(driven_m) over track as driven_after_m,
        lead(hidden_s) over track as hidden_after_s,
        lead(hidden_m) over track as hidden_after_m,
        lead(kind, 2) over track as second_after
    from pieces
    window track as (partition by truck order by piece)
)
select
    truck,
    drive_begin_s as begin_s,
    drive_end_s as end_s,
    driven_m,
    paused_s,
    -- Where the tracker slept beside a stop, the unseen leg is part of coming or going.
    kind = 'stop' or (
        coalesce(hidden_m <= $fastest_m_per_s * hidden_s, false)
        and hidden_m / $cruising_m_per_s < $rest_s
        and coalesce(kind_before = 'stop' and driven_before_m < $shunting_m, false)
    ) as is_begin_known,
    coalesce(kind_after = 'stop', false) or (
        coalesce(hidden_after_m <= $fastest_m_per_s * hidden_after_s, false)
        and hidden_after_m / $cruising_m_per_s < $rest_s
        and coalesce(driven_after_m < $shunting_m and second_after = 'stop', false)
    ) as is_end_known
from followed
where driven_m >= $shunting_m
