-- One row per thing of a noun and road that reaches it; -1 where there is no such road.
select
    thing_id,
    coalesce(edge_id, -1) as edge_id,
    coalesce(opposite_edge_id, -1) as opposite_edge_id,
    coalesce(fraction, 0) as fraction,
    coalesce(off_road_km, 0) as off_road_km
from road_attachments
where noun = $noun
order by thing_id, edge_id
