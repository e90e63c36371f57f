-- One row per grid, and one for each code of the ledger that no grid has: drivers and party members as each says.
with ledger as (
    select
        home_grid as grid_id,
        count(*) as drivers,
        count(*) filter (is_party_member) as party_drivers,
        count(*) filter (is_party_member is null) as unknown
    from drivers
    group by home_grid
)
select
    coalesce(grids.grid_id, ledger.grid_id) as thing_id,
    grids.grid_id is not null as is_grid,
    grids.name,
    grids.level,
    grids.parent_id,
    grids.post,
    grids.unit,
    grids.drivers,
    grids.party_drivers,
    ledger.drivers as ledger_drivers,
    ledger.party_drivers as ledger_party_drivers,
    ledger.unknown as ledger_unknown,
    origins.file,
    grids.row_number,
    st_aswkb(grids.geom) as geom
from grids
full join ledger on ledger.grid_id = grids.grid_id
left join origins on origins.origin_id = grids.origin_id
order by is_grid desc, grids.level, thing_id
