-- One row per river, with what decides from which zoom it is drawn.
select
    river_id,
    kind,
    st_aswkb(geom) as shape
from rivers
order by river_id;
