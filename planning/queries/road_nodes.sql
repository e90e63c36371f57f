-- The nodes of the road network, by number.
select
    lon,
    lat,
    component
from road_nodes
order by node_id;
