-- The cells, squares as WKB in `squares`, with what is known of each.
insert into cells
select
    lattice.cell_id,
    lattice.i,
    lattice.j,
    lattice.lon,
    lattice.lat,
    lattice.area_km2,
    grid_of_cell.grid_id,
    townships.township_id,
    numbers_of_cell.drivers,
    coalesce(numbers_of_cell.is_drivers_partly_unknown, false) as is_drivers_partly_unknown,
    numbers_of_cell.people,
    coalesce(numbers_of_cell.is_people_partly_unknown, false) as is_people_partly_unknown,
    lattice.geom
from lattice
left join grid_of_cell using (cell_id)
left join townships using (grid_id)
left join numbers_of_cell using (cell_id)
order by lattice.cell_id;
