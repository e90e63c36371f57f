-- One row per reason for which pings are left out: how many, of the trucks at hand.
select
    fault,
    count(*) as pings
from faulty_points
group by fault
union all
select
    'outside' as fault,
    count(*) as pings
from points
where not is_inside
having count(*) > 0
