-- A place whose people live outside every cell.
insert into findings by name
select
    'place_outside' as rule,
    'places' as noun,
    place_id as subject_id,
    name as subject_name,
    people as row_count,
    lon,
    lat
from places
anti join place_cells using (place_id)
where people > 0
order by place_id;
