-- What is wrong between a grid and the grid above it, row by row.
insert into findings by name
with grids as (
    select
        *,
        st_pointonsurface(geom) as spot
    from grids
),

without_parent as (
    select 'grid_without_parent' as rule, grid_id, parent_id as other_id, null as other_name
    from grids
    anti join grids as above on grids.parent_id = above.grid_id
    where parent_id is not null
),

level_gap as (
    select 'grid_level_gap' as rule, grids.grid_id, above.grid_id as other_id, above.name as other_name
    from grids
    inner join grids as above on grids.parent_id = above.grid_id
    where grids.level <= above.level
),

without_post as (
    select 'grid_without_post' as rule, grid_id, null as other_id, null as other_name
    from grids
    where coalesce(trim(post), '') = ''
),

found as (
    select * from without_parent
    union all
    select * from level_gap
    union all
    select * from without_post
)

select
    found.rule,
    'grids' as noun,
    grid_id as subject_id,
    grids.name as subject_name,
    found.other_id,
    found.other_name,
    st_x(grids.spot) as lon,
    st_y(grids.spot) as lat
from found
inner join grids using (grid_id)
order by found.rule, grid_id;
