-- The one row about the tracks.
insert into tracking
select
    (select count(*) from pings) as pings,
    (select count(distinct vehicle) from (from stops select vehicle union select vehicle from spells)) as vehicles,
    coalesce(sum(driving_pings), 0),
    coalesce(sum(placed_pings), 0),
    coalesce(sum(hops), 0),
    coalesce(sum(joined_hops), 0),
    $rest_stop_min,
    $driving_spell_h,
    $k
from found_matching
