-- One row per spell of the trucks at hand and corridor whose edges it took; hours at the seams of spells count for both.
with hours_of_spells as (
    select
        spells_of_portion.truck,
        spells_of_portion.begin_s,
        floor(spells_of_portion.begin_s / 3600) + hours_ahead.hour as hour
    from spells_of_portion
    cross join hours_ahead
    where floor(spells_of_portion.begin_s / 3600) + hours_ahead.hour <= floor(spells_of_portion.end_s / 3600)
),
taken as (
    select distinct
        hops.truck,
        hops.day * 24 + hops.hour as hour,
        edge_corridors.corridor
    from hops
    inner join hop_paths on hops.from_edge = hop_paths.from_edge and hops.to_edge = hop_paths.to_edge
    inner join edge_corridors on hop_paths.edge_id = edge_corridors.edge_id
)
select distinct
    trucks_at_hand.vehicle,
    hours_of_spells.begin_s,
    taken.corridor
from hours_of_spells
inner join taken on hours_of_spells.truck = taken.truck and hours_of_spells.hour = taken.hour
inner join trucks_at_hand on hours_of_spells.truck = trucks_at_hand.truck
