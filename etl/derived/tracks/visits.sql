-- One row per cell, day, hour and truck that was in the cell then.
select distinct
    cells_to_heat.cell_id,
    floor(points.at_s / 86400) as day,
    floor(points.at_s / 3600) - 24 * floor(points.at_s / 86400) as hour,
    points.truck
from points
inner join cells_to_heat
    on
        floor(points.x_m / $cell_size_m) = cells_to_heat.i
        and floor(points.y_m / $cell_size_m) = cells_to_heat.j
left join faulty_points on points.truck = faulty_points.truck and points.at_s = faulty_points.at_s
where points.is_inside and coalesce(faulty_points.fault, '') <> 'jumped'
