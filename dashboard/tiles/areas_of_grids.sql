-- One row per grid that is drawn at a zoom, with what its tiles tell of it; the larger first, below the smaller.
select
    drawn.grid_id as id,
    grids.name,
    grids.level::integer as level,
    drawn.west_m,
    drawn.south_m,
    drawn.east_m,
    drawn.north_m,
    st_aswkb(drawn.geom) as shape
from grids_on_map as drawn
inner join grids using (grid_id)
where $zoom between drawn.zoom_from and drawn.zoom_to
order by grids.level, drawn.grid_id
