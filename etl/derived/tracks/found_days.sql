-- One row per day: how many of the trucks at hand were followed, and how many were in the place.
select
    seen.day,
    count(*) as vehicles,
    count(here.truck) as vehicles_in_place
from (select distinct floor(at_s / 86400) as day, truck from points where is_inside) as seen
left join (select distinct day, truck from visits) as here
    on seen.day = here.day and seen.truck = here.truck
group by seen.day
