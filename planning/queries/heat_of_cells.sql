-- One row per cell and hour (null for the whole day) with its trucks a day, of one kind of day and cargo or of all.
select
    cell_id::varchar as thing_id,
    cell_heat.hour,
    cell_heat.day_kind,
    cell_heat.cargo,
    cell_heat.trucks_per_day,
    cell_heat.vehicles,
    st_aswkb(cells.geom) as geom
from cell_heat
inner join cells using (cell_id)
where
    ($day_kind is null or cell_heat.day_kind = $day_kind)
    and ($cargo is null or cell_heat.cargo = $cargo)
order by cell_heat.day_kind, cell_heat.cargo, cell_heat.hour nulls first, cell_id
