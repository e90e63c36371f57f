-- One row per grid: its place in the tree, and who answers for it; null where nobody is named.
select
    grid_id,
    name,
    level,
    parent_id,
    nullif(trim(post), '') as post,
    nullif(trim(unit), '') as unit
from grids
order by grid_id
