-- One row per edge that trucks may drive: its course on its route, and the trucks a day that drive it; null where
-- nobody has counted.
with
edges as (
    select * from road_edges where coalesce(is_truck_allowed, true)
),
routes as (
    select
        route_id,
        trucks_per_day,
        coalesce(is_oneway, false) as is_oneway,
        st_aswkb(geom) as geom
    from routes
)
select
    edges.edge_id,
    edges.length_km,
    edges.from_fraction,
    edges.to_fraction,
    routes.trucks_per_day / case when routes.is_oneway then 1 else 2 end as trucks_per_day,
    routes.geom
from edges
inner join routes using (route_id)
order by edges.edge_id
