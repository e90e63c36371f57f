-- Where points lie: `written_rows` with lon, lat, place_fault and place_repairs beside the text of the position.
-- Positions that lie in the place's area only with their two halves exchanged are taken so; what lies nowhere near
-- the place either way is a fault. `placed` turns the source's own coordinates into WGS-84.
create or replace temp view placed_rows as
with measured as (
    select
        *,
        coalesce(as_degrees(lon_written), as_degrees(position_part(coordinates, 1))) as x,
        coalesce(as_degrees(lat_written), as_degrees(position_part(coordinates, 2))) as y
    from written_rows
),

direct as (
    select *, x = 0 and y = 0 as is_zero, placed(x, y) as direct_place
    from measured
),

crossed as (
    select *, case when not in_area(direct_place.lon, direct_place.lat) then placed(y, x) end as crossed_place
    from direct
),

settled as (
    select *, coalesce(in_area(crossed_place.lon, crossed_place.lat), false) as is_crossed
    from crossed
)

select
    * exclude (x, y, is_zero, direct_place, crossed_place, is_crossed),
    case
        when is_zero then null
        when is_crossed then crossed_place.lon
        else direct_place.lon
    end as lon,
    case
        when is_zero then null
        when is_crossed then crossed_place.lat
        else direct_place.lat
    end as lat,
    case
        when (x is null or y is null) and coalesce(lon_written::varchar, lat_written::varchar, coordinates::varchar) is not null
            then 'position_unreadable'
        when x is null and y is null and getvariable('needs_position') then 'position_missing'
        when is_zero and getvariable('needs_position') then 'position_zero'
        when is_zero or is_crossed then null
        when isnan(x) or isnan(y) or isinf(x) or isinf(y) then 'position_unreadable'
        when (abs(x) > 180 or abs(y) > 180) and not getvariable('has_crs') then 'position_in_metres'
        when x is not null and not coalesce(in_area(direct_place.lon, direct_place.lat), false) then 'position_outside'
    end as place_fault,
    list_filter([
        case when is_crossed and lon_written is not null then 'position_swapped' end,
        case when is_zero and not getvariable('needs_position') then 'position_zero_left_out' end,
        case
            when not is_crossed and lon_written is not null and try_cast(lon_written as double) is null and x is not null
                then 'position_from_words'
        end
    ], lambda rule: rule is not null) as place_repairs
from settled;
