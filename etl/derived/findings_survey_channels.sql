-- One finding per grid, and one for no grid, in which survey channels tell drivers or plates differently.
insert into findings by name
with differing as (
    select grid_id, count(*) as row_count
    from survey_conflicts
    group by grid_id
)

select
    'survey_channels_differ' as rule,
    'drivers' as noun,
    differing.grid_id as subject_id,
    coalesce(grids.name, case when differing.grid_id is null then build.place_name end) as subject_name,
    differing.row_count,
    st_x(st_pointonsurface(grids.geom)) as lon,
    st_y(st_pointonsurface(grids.geom)) as lat
from differing
cross join build
left join grids using (grid_id)
order by differing.grid_id;
