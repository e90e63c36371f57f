-- The days, with numbers that hide each truck. Trucks of the place are a part of all: the rest must hide them too.
insert into track_days
with days as (
    select
        day,
        sum(vehicles) as trucks,
        sum(vehicles_in_place) as here
    from found_days
    group by day
)
select
    date '1970-01-01' + day::integer as day,
    mod(day + 3, 7) >= 5 as is_weekend,
    case when trucks >= $k then trucks end as trucks,
    case when here = 0 or (here >= $k and (trucks = here or trucks - here >= $k)) then here end as trucks_in_place
from days
order by day
