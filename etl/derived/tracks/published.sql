-- One row per thing, hour, kind of day and cargo that may be shown.
--
-- A figure is made of k trucks or more. A whole is split into parts only where each part is empty or has k trucks:
-- else whoever takes the parts that are shown from the whole would have the one that is not.
create or replace temp table published as
with found as (
    select
        kind,
        thing,
        hour,
        hazmat,
        sum(vehicles) as vehicles,
        sum(weekday_vehicles) as weekday_vehicles,
        sum(weekend_vehicles) as weekend_vehicles,
        sum(weekday_vehicle_days) as weekday_vehicle_days,
        sum(weekend_vehicle_days) as weekend_vehicle_days
    from found_trucks
    group by all
),
-- A whole has its trucks with dangerous goods as a part, and all the others, those of which nobody knows among them.
wholes as (
    select
        kind,
        thing,
        hour,
        'all' as cargo,
        sum(vehicles) as vehicles,
        sum(weekday_vehicles) as weekday_vehicles,
        sum(weekend_vehicles) as weekend_vehicles,
        sum(weekday_vehicle_days) as weekday_vehicle_days,
        sum(weekend_vehicle_days) as weekend_vehicle_days,
        sum(case when hazmat = 1 then vehicles else 0 end) as hazmat_vehicles,
        sum(case when hazmat = 1 then weekday_vehicles else 0 end) as hazmat_weekday_vehicles,
        sum(case when hazmat = 1 then weekend_vehicles else 0 end) as hazmat_weekend_vehicles
    from found
    group by all
),
fits as (
    select
        *,
        vehicles >= $k as is_whole_shown,
        (weekday_vehicles = 0 or weekday_vehicles >= $k)
        and (weekend_vehicles = 0 or weekend_vehicles >= $k) as is_days_shown,
        (hazmat_vehicles = 0 or hazmat_vehicles >= $k)
        and (vehicles = hazmat_vehicles or vehicles - hazmat_vehicles >= $k) as is_cargo_shown,
        (hazmat_weekday_vehicles = 0 or hazmat_weekday_vehicles >= $k)
        and (hazmat_weekend_vehicles = 0 or hazmat_weekend_vehicles >= $k)
        and (
            weekday_vehicles = hazmat_weekday_vehicles or weekday_vehicles - hazmat_weekday_vehicles >= $k
        )
        and (
            weekend_vehicles = hazmat_weekend_vehicles or weekend_vehicles - hazmat_weekend_vehicles >= $k
        ) as is_both_shown
    from wholes
),
shown as (
    select
        found_or_whole.*,
        fits.is_whole_shown
        and (found_or_whole.cargo = 'all' or fits.is_cargo_shown) as is_shown,
        fits.is_days_shown
        and (found_or_whole.cargo = 'all' or fits.is_both_shown) as is_split_by_days
    from (
        select
            kind,
            thing,
            hour,
            cargo,
            vehicles,
            weekday_vehicles,
            weekend_vehicles,
            weekday_vehicle_days,
            weekend_vehicle_days
        from wholes
        union all by name
        select
            * exclude (hazmat),
            'hazmat' as cargo
        from found
        where hazmat = 1
    ) as found_or_whole
    inner join fits
        on
            found_or_whole.kind = fits.kind
            and found_or_whole.thing = fits.thing
            and found_or_whole.hour is not distinct from fits.hour
),
days as (
    select
        count(*) as all_days,
        count(*) filter (where mod(day + 3, 7) < 5) as weekdays,
        count(*) filter (where mod(day + 3, 7) >= 5) as weekend_days
    from (select distinct day from found_days)
)
select
    kind,
    thing,
    hour::tinyint as hour,
    'all' as day_kind,
    cargo,
    (weekday_vehicle_days + weekend_vehicle_days) / all_days as trucks_per_day,
    vehicles::integer as vehicles
from shown cross join days
where is_shown
union all
select
    kind,
    thing,
    hour::tinyint,
    'weekday',
    cargo,
    weekday_vehicle_days / weekdays,
    weekday_vehicles::integer
from shown cross join days
where is_shown and is_split_by_days and weekday_vehicles > 0
union all
select
    kind,
    thing,
    hour::tinyint,
    'weekend',
    cargo,
    weekend_vehicle_days / weekend_days,
    weekend_vehicles::integer
from shown cross join days
where is_shown and is_split_by_days and weekend_vehicles > 0;
