-- One row per road section, with what decides from which zoom it is drawn.
select
    route_id,
    class,
    st_aswkb(geom) as shape
from routes
order by route_id;
