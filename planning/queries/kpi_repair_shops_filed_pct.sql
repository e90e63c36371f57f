-- Share of repair shops that are filed; then how many are, are not, and of how many it is not known.
with counted as (
    select
        count(*) as shops,
        count(*) filter (is_filed) as filed,
        count(*) filter (is_filed is null) as unknown
    from repair_shops
)
select
    true as is_whole,
    null::varchar as part,
    100.0 * filed / nullif(shops, 0) as value,
    unknown > 0 as is_lower_bound
from counted
union all by name
select
    false as is_whole,
    unnest(['filed', 'not_filed', 'unknown']) as part,
    unnest([filed, shops - filed - unknown, unknown])::double as value,
    false as is_lower_bound
from counted
