-- One row per truck at hand: its pseudonym, and whether it carries dangerous goods, null where nobody says.
select
    truck,
    min(vehicle) as vehicle,
    max(case when is_hazmat then 1 when not is_hazmat then 0 end) as hazmat
from pings_to_follow
where bucket = $bucket
group by truck
