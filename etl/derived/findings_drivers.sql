-- One finding per code of a home grid that no grid has.
insert into findings by name
select
    'driver_home_unknown' as rule,
    'drivers' as noun,
    drivers.home_grid as subject_id,
    count(*) as row_count
from drivers
anti join grids on drivers.home_grid = grids.grid_id
where drivers.home_grid is not null
group by all
order by drivers.home_grid;
