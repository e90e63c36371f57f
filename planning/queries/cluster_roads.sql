-- Road sections that reach into one of the boxes around clusters, with what their road is called.
with boxes as (
    select
        unnest($west) as west,
        unnest($south) as south,
        unnest($east) as east,
        unnest($north) as north
),
reaching as (
    select distinct routes.route_id
    from routes
    join boxes on
        st_xmin(routes.geom) <= boxes.east
        and st_xmax(routes.geom) >= boxes.west
        and st_ymin(routes.geom) <= boxes.north
        and st_ymax(routes.geom) >= boxes.south
)
select
    coalesce(routes.ref, routes.name, routes.route_id) as road,
    routes.ref is not null or routes.name is not null as is_named,
    st_aswkb(routes.geom) as geom
from routes
semi join reaching using (route_id)
order by routes.route_id
