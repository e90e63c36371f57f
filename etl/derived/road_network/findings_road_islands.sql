-- Pieces of network beside the largest, in `islands`, told by their longest route.
insert into findings by name
select
    'road_island' as rule,
    'routes' as noun,
    routes.route_id as subject_id,
    concat_ws(' ', routes.ref, routes.name) as subject_name,
    islands.row_count,
    islands.lon,
    islands.lat
from islands
inner join routes using (route_id)
order by islands.component;
