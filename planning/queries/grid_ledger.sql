-- One row per grid, and one for drivers whom no grid holds: how full and how old its rows are, in the ledger of grids
-- and in that of drivers. A grid above others names who answers; the numbers are left to those below it.
with lowest as (
    select grid_id, grid_id not in (select parent_id from grids where parent_id is not null) as is_lowest
    from grids
),
told as (
    select
        grid_id,
        'grid' as ledger,
        surveyed_on,
        (post is not null)::integer
        + (unit is not null)::integer
        + case
            when is_lowest then (drivers is not null)::integer
                + (party_drivers is not null)::integer
                + (people is not null)::integer
                + (surveyed_on is not null)::integer
            else 0
        end as filled,
        case when is_lowest then 6 else 2 end as fields
    from grids
    join lowest using (grid_id)
    union all
    select
        grids.grid_id,
        'driver' as ledger,
        drivers.surveyed_on,
        (drivers.name is not null)::integer
        + (drivers.phone is not null)::integer
        + (drivers.plate is not null)::integer
        + (drivers.home_grid is not null)::integer
        + (drivers.is_party_member is not null)::integer
        + (drivers.licence_class is not null)::integer
        + (drivers.survey_channel is not null)::integer
        + (drivers.surveyed_on is not null)::integer as filled,
        8 as fields
    from drivers
    left join grids on grids.grid_id = drivers.home_grid
)
select
    grid_id,
    ledger,
    count(*) as written,
    sum(filled) as filled,
    sum(fields) as fields,
    count(surveyed_on) as dated,
    count(*) filter (surveyed_on < $stale_before::date) as stale,
    max(surveyed_on) as surveyed_on
from told
group by grid_id, ledger
order by grid_id, ledger
