-- Findings of the geometry, in `found`, with the names of the grids and a spot to look at.
insert into findings by name
select
    found.rule,
    found.noun,
    found.subject_id,
    -- what no grid holds lies in the place
    case when found.subject_id is null then (select any_value(place_name) from build) else subject.name end as subject_name,
    found.other_id,
    other.name as other_name,
    found.area_km2,
    found.row_count,
    coalesce(found.lon, st_x(st_pointonsurface(subject.geom))) as lon,
    coalesce(found.lat, st_y(st_pointonsurface(subject.geom))) as lat,
    st_geomfromwkb(found.shape) as geom
from found
left join grids as subject on found.subject_id = subject.grid_id
left join grids as other on found.other_id = other.grid_id
order by found.rule, found.subject_id, found.other_id, found.area_km2 desc;
