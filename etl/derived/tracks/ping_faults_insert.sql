-- The reasons, summed over all portions.
insert into ping_faults
select fault, sum(pings)
from found_faults
group by fault
order by fault
