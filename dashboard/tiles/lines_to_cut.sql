-- One row per line of a tile at its zoom that reaches far beyond it.
select
    shape_id,
    st_aswkb(geom) as shape
from shapes_on_map
where
    $zoom between zoom_from and zoom_to
    and west_m <= $east_m
    and east_m >= $west_m
    and south_m <= $north_m
    and north_m >= $south_m
    and greatest(east_m - west_m, north_m - south_m) > $far_m
