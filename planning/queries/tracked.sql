-- One row: what the tracks are made of.
select
    tracking.pings,
    tracking.vehicles,
    (select count(*) from track_days) as days,
    (select min(day) from track_days) as first_day,
    (select max(day) from track_days) as last_day,
    (select avg(trucks) from track_days) as trucks_per_day,
    (select avg(trucks_in_place) from track_days) as trucks_in_place_per_day,
    100.0 * tracking.placed_pings / nullif(tracking.driving_pings, 0) as placed_pct,
    100.0 * tracking.joined_hops / nullif(tracking.hops, 0) as joined_pct,
    tracking.k_anonymity
from tracking
