-- How many days the tracks are of, and how many trucks they follow.
select
    (select count(*) from track_days) as days,
    vehicles,
    k_anonymity
from tracking
