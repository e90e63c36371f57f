-- Drivers as spread over the cells, and the rows of the ledger; those of the ledger that no grid holds are not spread.
with spread as (
    select
        sum(drivers) as drivers,
        coalesce(bool_or(is_drivers_partly_unknown), false) as is_partly_unknown
    from cells
),
ledger as (
    select
        nullif(count(*), 0) as drivers,
        count(*) filter (grids.grid_id is null) as without_grid
    from drivers
    left join grids on grids.grid_id = drivers.home_grid
),
whole as (
    select
        true as is_whole,
        null::varchar as part,
        greatest(round(spread.drivers), ledger.drivers) as value,
        spread.is_partly_unknown or (spread.drivers is not null and ledger.without_grid > 0) as is_lower_bound
    from spread
    cross join ledger
)
from whole
union all by name
select
    false as is_whole,
    'grids' as part,
    round(drivers) as value,
    is_partly_unknown as is_lower_bound
from spread
union all by name
select
    false as is_whole,
    unnest(['ledger', 'ledger_without_grid']) as part,
    unnest([drivers, without_grid])::double as value,
    false as is_lower_bound
from ledger
