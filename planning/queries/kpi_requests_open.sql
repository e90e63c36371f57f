-- Requests that are not closed, and those of each category; categories in words of an office's own count as other.
with open_requests as (
    select
        case
            when category is null or list_contains($categories, category) then coalesce(category, 'unknown')
            else 'other'
        end as category
    from requests
    where closed_at is null
)
select
    grouping(category) = 1 as is_whole,
    category as part,
    count(*) as value,
    false as is_lower_bound
from open_requests
group by grouping sets ((), (category))
order by is_whole desc, value desc, category
