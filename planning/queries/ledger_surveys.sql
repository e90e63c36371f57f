-- One row per survey that the ledger of repair shops tells, the newest first. A survey ends where for $gap_days or more
-- no shop is surveyed. `told_pct` is the share of all shops with a day that it tells.
with tellings as (
    select
        shop_id,
        surveyed_on
    from repair_shops
    where surveyed_on is not null
    union all
    select
        shop_id,
        surveyed_on
    from repair_shops_earlier
),
days as (
    select distinct surveyed_on
    from tellings
),
begun as (
    select
        surveyed_on,
        coalesce(surveyed_on - lag(surveyed_on) over (order by surveyed_on) >= $gap_days, true) as is_first
    from days
),
numbered as (
    select
        surveyed_on,
        count_if(is_first) over (order by surveyed_on) as survey
    from begun
)
select
    min(surveyed_on) as first_on,
    max(surveyed_on) as last_on,
    100 * count(distinct shop_id) / (select count(distinct shop_id) from tellings) as told_pct
from tellings
join numbered using (surveyed_on)
group by survey
order by last_on desc
