-- One row per cell that a grid touches: the smallest grid with more than half of what the place has of the cell,
-- else the grid with most of it.
create or replace temp table grid_of_cell as
with grid_cells as (
    select * from grid_cells
),

lattice as (
    select * from lattice
),

sizes as (
    select grid_id, sum(area_km2) as size_km2
    from grid_cells
    group by all
),

weighed as (
    select
        cell_id,
        grid_id,
        grid_cells.area_km2,
        -- a rounding must not take from a grid a cell that it fills by half
        case when grid_cells.area_km2 > 0.5000001 * lattice.area_km2 then size_km2 end as size_if_most_km2
    from grid_cells
    inner join lattice using (cell_id)
    inner join sizes using (grid_id)
)

select
    cell_id,
    coalesce(
        arg_min(grid_id, (size_if_most_km2, grid_id)) filter (size_if_most_km2 is not null),
        arg_min(grid_id, (-area_km2, grid_id))
    ) as grid_id
from weighed
group by all;
