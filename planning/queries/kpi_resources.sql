-- Resources, and those of each kind.
select
    grouping(kind) = 1 as is_whole,
    kind as part,
    count(*) as value,
    false as is_lower_bound
from resources
group by grouping sets ((), (kind))
order by is_whole desc, value desc, kind
