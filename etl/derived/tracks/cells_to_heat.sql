-- The cells of the place by column and row, as numbers with a point, which is what positions become.
select
    cell_id,
    i::double as i,
    j::double as j
from cells
