-- One row: the cells of a tile with ten times each measure per km², whole; what is unknown is left out, and what is a
-- lower bound says so.
with drawn as (
    select cell_id, geom
    from cells_on_map
    where
        x_m between $west_m - $cell_reach_m and $east_m + $cell_reach_m
        and y_m between $south_m - $cell_reach_m and $north_m + $cell_reach_m
),

measured as (
    select
        drawn.cell_id as id,
        round(10 * cells.drivers / nullif(cells.area_km2, 0)) as drivers,
        nullif(cells.is_drivers_partly_unknown, false) as drivers_partly,
        round(10 * cells.people / nullif(cells.area_km2, 0)) as people,
        nullif(cells.is_people_partly_unknown, false) as people_partly,
        st_affine(drawn.geom, $x_by_x, $x_by_y, $y_by_x, $y_by_y, $x_off + 0.5, $y_off + 0.5) as geom
    from drawn
    inner join cells using (cell_id)
),

features as (
    select
        -- least() alone would make a number of an unknown one
        * replace (
            (case when drivers is not null then least(drivers, $most) end)::integer as drivers,
            (case when people is not null then least(people, $most) end)::integer as people
        )
    from measured
)

select
    st_asmvt(features, $layer, $units, 'geom' order by id) as tile,
    count(*) as features
from features
