-- One row per edge and hour (null for the whole day) with its trucks a day, and the edges that nobody was seen on left out.
select
    edge_id::varchar as thing_id,
    section_flows.hour,
    section_flows.day_kind,
    section_flows.cargo,
    section_flows.trucks_per_day,
    section_flows.vehicles,
    road_edges.ref,
    road_edges.class,
    corridor_edges.direction,
    corridor_edges.from_km as stake_from_km,
    corridor_edges.to_km as stake_to_km,
    st_aswkb(st_linesubstring(
        routes.geom,
        least(road_edges.from_fraction, road_edges.to_fraction),
        greatest(road_edges.from_fraction, road_edges.to_fraction)
    )) as geom
from section_flows
inner join road_edges using (edge_id)
inner join routes using (route_id)
left join corridor_edges using (edge_id)
where
    ($day_kind is null or section_flows.day_kind = $day_kind)
    and ($cargo is null or section_flows.cargo = $cargo)
order by section_flows.day_kind, section_flows.cargo, section_flows.hour nulls first, edge_id
