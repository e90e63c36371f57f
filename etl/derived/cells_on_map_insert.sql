-- The squares of `lattice`, in an order in which those of one tile lie together.
insert into cells_on_map
with whole as (
    select st_makebox2d(st_point(min(x_m) - 1, min(y_m) - 1), st_point(max(x_m) + 1, max(y_m) + 1)) as box
    from lattice
)

select
    lattice.cell_id,
    lattice.x_m,
    lattice.y_m,
    lattice.geom_on_map
from lattice, whole
order by st_hilbert(lattice.x_m, lattice.y_m, whole.box);
