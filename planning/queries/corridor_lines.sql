-- One row per edge of a corridor in the order in which it is driven: where it lies, what it is, how many trucks take it.
with
counted as (
    select
        route_id,
        trucks_per_day / case when coalesce(is_oneway, false) then 1 else 2 end as trucks_per_day
    from routes
),
measured as (
    select
        edge_id,
        max(trucks_per_day) filter (where cargo = 'all') as trucks_per_day,
        max(trucks_per_day) filter (where cargo = 'hazmat') as hazmat_per_day
    from section_flows
    where hour is null and day_kind = 'all'
    group by edge_id
)
select
    corridor_edges.ref,
    corridor_edges.direction,
    corridor_edges.edge_id,
    corridor_edges.from_km,
    corridor_edges.to_km,
    corridor_edges.is_by_stake,
    road_edges.length_km,
    coalesce(road_edges.class, '') as class,
    counted.trucks_per_day as counted_per_day,
    measured.trucks_per_day as measured_per_day,
    measured.hazmat_per_day
from corridor_edges
inner join road_edges using (edge_id)
left join counted using (route_id)
left join measured using (edge_id)
order by
    corridor_edges.ref,
    corridor_edges.direction desc,
    case corridor_edges.direction when 'up' then corridor_edges.from_km else -corridor_edges.from_km end,
    corridor_edges.edge_id
