-- One row per cell with trucks: its middle, and trucks a day on the whole day and in the hours 0 to 23; null is unknown.
select
    cells.lat,
    cells.lon,
    list_transform(
        range(25),
        lambda slot: map_extract(
            map(list(coalesce(cell_heat.hour + 1, 0)::bigint), list(cell_heat.trucks_per_day)), slot
        )[1]
    ) as trucks
from cell_heat
inner join cells using (cell_id)
where cell_heat.day_kind = $day_kind and cell_heat.cargo = $cargo
group by cells.cell_id, cells.lat, cells.lon
order by cells.cell_id
