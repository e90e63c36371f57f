-- Repair shops as the ledger told them until a day, as `cluster_shops` has them: each by its newest row of then.
-- A shop that is told on no day may have stood at any time.
with tellings as (
    select
        shop_id,
        class,
        is_filed,
        on_roadside,
        on_green_land,
        surveyed_on,
        lon,
        lat
    from repair_shops
    where surveyed_on is null or surveyed_on <= $until
    union all
    select
        shop_id,
        class,
        is_filed,
        on_roadside,
        on_green_land,
        surveyed_on,
        lon,
        lat
    from repair_shops_earlier
    where surveyed_on <= $until
)
select *
from tellings
qualify row_number() over (partition by shop_id order by surveyed_on desc nulls last) = 1
order by shop_id
