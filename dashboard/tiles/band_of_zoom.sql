-- One row: the first zoom of the range whose drawing is used at a zoom; null where nothing is drawn.
select max(zoom_from) as zoom_from
from shapes_on_map
where zoom_from <= $zoom
