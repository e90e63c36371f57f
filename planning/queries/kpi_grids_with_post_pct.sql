-- Share of grids whose post is named, of all and of each level.
select
    grouping(level) = 1 as is_whole,
    level::varchar as part,
    100.0 * count(post) / nullif(count(*), 0) as value,
    false as is_lower_bound
from grids
group by grouping sets ((), (level))
order by is_whole desc, level nulls last
