-- Shapes at hand as well-known binary, as drawn for one range of zooms.
insert into drawn
select
    id,
    $zoom_from as zoom_from,
    $zoom_to as zoom_to,
    west_m,
    south_m,
    east_m,
    north_m,
    st_geomfromwkb(geom) as geom
from rows_at_hand;
