-- Truck bays at open stations, and those of each tier; a station of unknown status, or without a count, may add some.
select
    grouping(tier) = 1 as is_whole,
    tier as part,
    coalesce(sum(bays) filter (status = 'open'), 0) as value,
    coalesce(bool_or(status is null or (status = 'open' and bays is null)), false) as is_lower_bound
from stations
group by grouping sets ((), (tier))
order by is_whole desc, tier nulls last
