-- One row: how the lattice of the build lies on the earth, and how far it reaches; nulls where there are no cells.
select
    build.cell_size_m,
    build.projection,
    extent.*
from build
cross join (
    select min(i) as first_i, max(i) as last_i, min(j) as first_j, max(j) as last_j from cells
) as extent
