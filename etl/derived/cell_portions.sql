-- One row per pot and cell: what the cell gets of a number that is known for some grids together, by the people of
-- the places there; by area where no people are known.
create or replace temp table portions as
with pot_grids as (
    select pot_id, unnest(grid_ids) as grid_id from pots
),

shares as (
    select pot_id, cell_id, sum(area_km2) as weight
    from pot_grids
    inner join grid_cells using (grid_id)
    group by all
),

homes as (
    -- a place where two grids of a pot overlap counts once
    select distinct pot_id, place_id, cell_id
    from pot_grids
    inner join place_grids using (grid_id)
    inner join place_cells using (place_id)
),

housed as (
    select pot_id, cell_id, sum(places.people) as weight
    from homes
    inner join places using (place_id)
    where places.people > 0
    group by all
),

weights as (
    select pot_id, cell_id, weight from housed
    union all
    -- nobody is known to live there: none of a number that is spread by people, which is not the same as unknown
    select pot_id, cell_id, 0 as weight
    from shares
    semi join housed using (pot_id)
    anti join housed using (pot_id, cell_id)
    union all
    select pot_id, cell_id, weight
    from shares
    anti join housed using (pot_id)
),

totals as (
    select pot_id, sum(weight) as total
    from weights
    group by all
)

select
    pot_id,
    pots.noun,
    cell_id,
    pots.amount * (weight / total) as portion
from weights
inner join totals using (pot_id)
inner join pots using (pot_id);
