-- One row per overlap of grids, part outside the grid above, or piece of land without a grid, with its shape.
select
    rule,
    subject_id,
    subject_name,
    other_id,
    other_name,
    area_km2,
    lon,
    lat,
    st_aswkb(geom) as geom
from findings
where list_contains($rules::varchar[], rule) and geom is not null
order by area_km2 desc, subject_id, other_id, lon, lat
