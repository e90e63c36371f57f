-- One row per edge of a corridor with the course of its route, on which it lies between two shares.
select
    corridor_edges.edge_id,
    corridor_edges.ref,
    corridor_edges.direction,
    corridor_edges.from_km,
    corridor_edges.to_km,
    road_edges.from_fraction,
    road_edges.to_fraction,
    road_edges.route_id,
    st_aswkb(routes.geom) as geom
from corridor_edges
inner join road_edges using (edge_id)
inner join routes using (route_id)
order by road_edges.route_id, corridor_edges.edge_id
