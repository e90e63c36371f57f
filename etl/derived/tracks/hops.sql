-- One row per truck, day and hour in which it came from one edge to another, or kept to one.
with followed as (
    select
        truck,
        at_s,
        edge_id,
        lag(edge_id) over track as from_edge,
        at_s - lag(at_s) over track as hop_s
    from matched
    window track as (partition by truck order by at_s)
)
-- Between two pings so near in time there was no rest.
select distinct
    truck,
    floor(at_s / 86400) as day,
    floor(at_s / 3600) - 24 * floor(at_s / 86400) as hour,
    case when hop_s <= $rest_s then coalesce(from_edge, edge_id) else edge_id end as from_edge,
    edge_id as to_edge
from followed
