-- One row per reason for which pings were left out of the tracks.
select
    fault,
    pings
from ping_faults
order by fault
