-- Share of open stations that offer all of `needs`; then how many do, don't, may, and how many offer each.
with sets as (
    select
        facilities,
        facilities_unknown,
        count(*) as stations
    from stations
    where status = 'open'
    group by facilities, facilities_unknown
),
-- What a station may offer: what it does, and what its ledger says that it does not know.
judged as (
    select
        stations,
        coalesce(facilities, []) as offered,
        case when facilities is null then $needs else list_concat(facilities, facilities_unknown) end as possible
    from sets
),
counted as (
    select
        coalesce(sum(stations), 0)::double as stations,
        coalesce(sum(stations) filter (list_has_all(offered, $needs)), 0)::double as complete,
        coalesce(
            sum(stations) filter (list_has_all(possible, $needs) and not list_has_all(offered, $needs)), 0
        )::double as unknown
    from judged
),
whole as (
    select
        true as is_whole,
        null::varchar as part,
        100 * complete / nullif(stations, 0) as value,
        unknown > 0 as is_lower_bound,
        0 as place_in_list
    from counted
),
outcomes as (
    select
        false as is_whole,
        unnest(['complete', 'incomplete', 'unknown']) as part,
        unnest([complete, stations - complete - unknown, unknown]) as value,
        false as is_lower_bound,
        unnest([1, 2, 3]) as place_in_list
    from counted
),
each_facility as (
    select
        false as is_whole,
        need as part,
        coalesce(sum(judged.stations) filter (list_contains(judged.offered, need)), 0)::double as value,
        bool_or(list_contains(judged.possible, need) and not list_contains(judged.offered, need)) as is_lower_bound,
        3 + list_position($needs, need) as place_in_list
    from judged
    cross join unnest($needs) as needs (need)
    group by need
)
select * exclude (place_in_list)
from (
    from whole
    union all by name
    from outcomes
    union all by name
    from each_facility
)
order by place_in_list
