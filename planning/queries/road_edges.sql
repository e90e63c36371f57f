-- The edges of the road network in the order in which searches read them; null is unknown.
select
    from_node,
    to_node,
    length_km,
    coalesce(class, '') as class,
    speed_km_per_h,
    coalesce(is_truck_allowed, true) as may_truck_pass,
    coalesce(is_hazmat_allowed, true) as may_hazmat_pass
from road_edges
order by edge_id;
