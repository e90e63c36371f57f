-- Open stations, and those of each tier; a station of unknown status may be one more.
select
    grouping(tier) = 1 as is_whole,
    tier as part,
    count(*) filter (status = 'open') as value,
    bool_or(status is null) as is_lower_bound
from stations
group by grouping sets ((), (tier))
order by is_whole desc, tier nulls last
