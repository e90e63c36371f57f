-- The routes in a lasting order, each with the level it lies on and its course as WKB.
select
    route_id,
    origin_id,
    ref,
    class,
    direction,
    speed_km_per_h,
    is_hazmat_allowed,
    is_truck_allowed,
    coalesce(is_truck_allowed, true) as is_truck_usable,
    is_bridge,
    is_tunnel,
    coalesce(is_oneway, false) as is_oneway,
    case
        when coalesce(layer, 0) <> 0 then layer
        when is_bridge then 1
        when is_tunnel then -1
        else 0
    end as level,
    -- nothing crosses an expressway or its ramps at grade
    coalesce(class, '') in ('expressway', 'ramp', 'motorway_link') as is_closed_to_crossing,
    st_aswkb(geom) as shape
from routes
order by route_id, origin_id, row_number;
