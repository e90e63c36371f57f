-- One row per cell or edge, hour (null for the whole day) and cargo: how many trucks of those at hand, and their days.
with hours_and_days as (
    select kind, thing, hour, truck, day from passages
    union all
    select distinct kind, thing, cast(null as double) as hour, truck, day from passages
),
of_trucks as (
    select
        kind,
        thing,
        hour,
        truck,
        -- The first day of all was a Thursday.
        sum(case when mod(day + 3, 7) < 5 then 1 else 0 end) as weekdays,
        sum(case when mod(day + 3, 7) < 5 then 0 else 1 end) as weekend_days
    from hours_and_days
    group by kind, thing, hour, truck
)
select
    of_trucks.kind,
    of_trucks.thing,
    of_trucks.hour,
    trucks_at_hand.hazmat,
    count(*) as vehicles,
    sum(case when of_trucks.weekdays > 0 then 1 else 0 end) as weekday_vehicles,
    sum(case when of_trucks.weekend_days > 0 then 1 else 0 end) as weekend_vehicles,
    sum(of_trucks.weekdays) as weekday_vehicle_days,
    sum(of_trucks.weekend_days) as weekend_vehicle_days
from of_trucks
inner join trucks_at_hand on of_trucks.truck = trucks_at_hand.truck
group by of_trucks.kind, of_trucks.thing, of_trucks.hour, trucks_at_hand.hazmat
