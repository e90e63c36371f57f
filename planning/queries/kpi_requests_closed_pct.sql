-- Share of requests that are closed; then how many are, and how many are not.
with counted as (
    select
        count(*) as requests,
        count(closed_at) as closed
    from requests
)
select
    true as is_whole,
    null::varchar as part,
    100.0 * closed / nullif(requests, 0) as value,
    false as is_lower_bound
from counted
union all by name
select
    false as is_whole,
    unnest(['closed', 'open']) as part,
    unnest([closed, requests - closed])::double as value,
    false as is_lower_bound
from counted
