-- The edges of numbered roads without their ramps, with what is written of their stakes, by road number.
select
    road_edges.edge_id,
    road_edges.ref,
    road_edges.from_node,
    road_edges.to_node,
    road_edges.length_km,
    road_edges.is_forward,
    least(road_edges.from_fraction, road_edges.to_fraction) as low_fraction,
    greatest(road_edges.from_fraction, road_edges.to_fraction) as high_fraction,
    routes.direction,
    coalesce(routes.is_oneway, false) as is_oneway,
    coalesce(routes.stake_from_km, 'nan'::double) as stake_from_km,
    coalesce(routes.stake_to_km, 'nan'::double) as stake_to_km
from road_edges
inner join routes using (route_id)
where
    road_edges.ref is not null
    and coalesce(road_edges.class, '') <> 'ramp'
    and not coalesce(road_edges.class, '').ends_with('_link')
order by road_edges.ref, road_edges.edge_id
