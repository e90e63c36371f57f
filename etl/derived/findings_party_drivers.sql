-- Party members among drivers: more than drivers, or more in the grids below than in the grid itself.
insert into findings by name
with ledger as (
    select
        home_grid as grid_id,
        count(*) as drivers,
        count(*) filter (is_party_member) as party_drivers
    from drivers
    where home_grid is not null
    group by all
),

below as (
    select
        parent_id as grid_id,
        sum(party_drivers) as party_drivers
    from grids
    where parent_id is not null
    group by all
),

compared as (
    select
        grid_id,
        greatest(
            below.party_drivers - grids.party_drivers,
            greatest(grids.party_drivers, below.party_drivers, ledger.party_drivers) - coalesce(grids.drivers, ledger.drivers)
        )::bigint as too_many
    from grids
    left join below using (grid_id)
    left join ledger using (grid_id)
)

select
    'party_drivers_exceed' as rule,
    'grids' as noun,
    grid_id as subject_id,
    grids.name as subject_name,
    too_many as row_count,
    st_x(st_pointonsurface(grids.geom)) as lon,
    st_y(st_pointonsurface(grids.geom)) as lat
from compared
inner join grids using (grid_id)
where too_many > 0
order by grid_id;
