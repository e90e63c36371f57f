-- The pieces of road between two nodes, as drawn, with the edges along and against the drawing (-1: there is none).
with pieces as (
    select
        route_id,
        least(from_fraction, to_fraction) as begin_share,
        greatest(from_fraction, to_fraction) as end_share,
        max(edge_id) filter (where is_forward) as forward_edge,
        max(edge_id) filter (where not is_forward) as backward_edge
    from road_edges
    group by all
),
lines as (
    select
        route_id,
        unnest(st_dump(geom), recursive := true)
    from routes
),
measured as (
    select
        route_id,
        geom,
        st_length(geom) as length_deg,
        sum(st_length(geom)) over (partition by route_id order by path rows unbounded preceding) as until_deg,
        sum(st_length(geom)) over (partition by route_id) as whole_deg
    from lines
),
-- A route of several lines: each has a share of the whole.
courses as (
    select
        route_id,
        geom,
        (until_deg - length_deg) / whole_deg as begin_share,
        until_deg / whole_deg as end_share
    from measured
    where length_deg > 0
)
select
    coalesce(pieces.forward_edge, -1) as forward_edge,
    coalesce(pieces.backward_edge, -1) as backward_edge,
    st_aswkb(st_linesubstring(
        courses.geom,
        greatest(0, (pieces.begin_share - courses.begin_share) / (courses.end_share - courses.begin_share)),
        least(1, (pieces.end_share - courses.begin_share) / (courses.end_share - courses.begin_share))
    )) as shape
from pieces
inner join courses
    on
        pieces.route_id = courses.route_id
        and (pieces.begin_share + pieces.end_share) / 2 between courses.begin_share and courses.end_share
order by forward_edge, backward_edge
