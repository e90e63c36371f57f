-- One row per piece of road between two nodes that some direction has a flow on: trucks a day by hour, along and against.
--
-- A list holds the whole day and then the hours 0 to 23; null is unknown, since too few trucks were seen.
with flows as (
    select
        edge_id,
        list(trucks_per_day order by slot) as trucks
    from (
        select
            seen.edge_id,
            slots.slot,
            max(section_flows.trucks_per_day) as trucks_per_day
        from (select distinct edge_id from section_flows where day_kind = $day_kind and cargo = $cargo) as seen
        cross join range(25) as slots (slot)
        left join section_flows
            on
                section_flows.edge_id = seen.edge_id
                and coalesce(section_flows.hour + 1, 0) = slots.slot
                and section_flows.day_kind = $day_kind
                and section_flows.cargo = $cargo
        group by all
    )
    group by edge_id
)
select
    road_edges.route_id,
    least(road_edges.from_fraction, road_edges.to_fraction) as low_fraction,
    greatest(road_edges.from_fraction, road_edges.to_fraction) as high_fraction,
    min(road_edges.edge_id) as piece_id,
    any_value(road_edges.ref) as ref,
    any_value(routes.name) as name,
    max(flows.trucks) filter (where road_edges.is_forward) as along,
    max(flows.trucks) filter (where not road_edges.is_forward) as against,
    any_value(case when road_edges.is_forward then corridor_edges.direction end) as along_direction,
    any_value(case when not road_edges.is_forward then corridor_edges.direction end) as against_direction
from flows
inner join road_edges using (edge_id)
inner join routes using (route_id)
left join corridor_edges using (edge_id)
group by road_edges.route_id, low_fraction, high_fraction
order by road_edges.route_id, low_fraction
