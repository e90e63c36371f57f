-- One row per thing, day, hour and truck that was there then: cells where it was seen, edges that it took.
select
    'cell' as kind,
    cell_id as thing,
    day,
    hour,
    truck
from visits
union all
select distinct
    'edge' as kind,
    hop_paths.edge_id as thing,
    hops.day,
    hops.hour,
    hops.truck
from hops
inner join hop_paths on hops.from_edge = hop_paths.from_edge and hops.to_edge = hop_paths.to_edge
