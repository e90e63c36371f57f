-- One row per kind of place at which trucks stop in the place: stops and different trucks.
select
    place_kind,
    count(*) as stops,
    count(distinct vehicle) as vehicles
from stops
where cell_id is not null
group by place_kind
order by stops desc
