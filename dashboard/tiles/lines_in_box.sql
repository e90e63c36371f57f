-- One row per line of a tile at its zoom, some of them cut; what was cut to nothing is left out.
select
    shape_id,
    case when cut.shape_id is null then shapes_on_map.geom else st_geomfromwkb(cut.shape) end as geom
from shapes_on_map
left join (
    select
        unnest($cut_ids::varchar[]) as shape_id,
        unnest($cut_shapes::blob[]) as shape
) as cut using (shape_id)
where
    $zoom between zoom_from and zoom_to
    and west_m <= $east_m
    and east_m >= $west_m
    and south_m <= $north_m
    and north_m >= $south_m
    and (cut.shape_id is null or cut.shape is not null)
