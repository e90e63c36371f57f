-- One row per cell with something known, or known to be unknown, of its drivers or people.
create or replace temp table numbers_of_cell as
with spread as (
    select
        cell_id,
        sum(portion) filter (noun = 'drivers') as drivers,
        sum(portion) filter (noun = 'people') as people
    from portions
    group by all
),

leaves_without_drivers as (
    select grid_id from leaves
    anti join (select unnest(grid_ids) as grid_id from pots where noun = 'drivers') using (grid_id)
),

drivers_unknown as (
    select distinct cell_id
    from grid_cells
    semi join leaves_without_drivers using (grid_id)
),

places_counted_by_grid as (
    select place_id from place_grids
    semi join (select unnest(grid_ids) as grid_id from pots where noun = 'people') using (grid_id)
),

of_places as (
    select
        cell_id,
        sum(people) filter (not is_counted_by_grid) as people,
        bool_or(people is null) as is_people_unknown
    from (
        select
            place_cells.cell_id,
            places.people,
            places.place_id in (select place_id from places_counted_by_grid) as is_counted_by_grid
        from places
        inner join place_cells using (place_id)
    )
    group by all
)

select
    cell_id,
    spread.drivers,
    drivers_unknown.cell_id is not null as is_drivers_partly_unknown,
    case
        when spread.people is not null or of_places.people is not null
            then coalesce(spread.people, 0) + coalesce(of_places.people, 0)
    end as people,
    coalesce(of_places.is_people_unknown, false) as is_people_partly_unknown
from spread
full join drivers_unknown using (cell_id)
full join of_places using (cell_id);
