-- One row per road number in the tile: the middle of the longest piece of it there, spherical Mercator.
with sections as (
    select
        routes.ref,
        routes.class,
        case
            when west_m >= $west_m and east_m <= $east_m and south_m >= $south_m and north_m <= $north_m
                then routes_on_map.geom
            else st_intersection(routes_on_map.geom, st_makeenvelope($west_m, $south_m, $east_m, $north_m))
        end as geom
    from routes_on_map
    inner join routes using (route_id)
    where
        $zoom between zoom_from and zoom_to
        and west_m <= $east_m
        and east_m >= $west_m
        and south_m <= $north_m
        and north_m >= $south_m
        and routes.ref <> ''
        and (not $is_great_only or routes.class in ('expressway', 'first'))
),

longest_sections as (
    -- some may hold several pieces, so the longest piece may be in another: near enough for where a name stands
    select
        ref,
        arg_max(class, st_length(geom)) as class,
        arg_max(geom, st_length(geom)) as geom
    from sections
    where st_length(geom) > 0
    group by all
),

pieces as (
    select
        ref,
        class,
        unnest(st_dump(geom)).geom as geom
    from longest_sections
),

longest as (
    select
        ref,
        class,
        st_lineinterpolatepoint(arg_max(geom, st_length(geom)), 0.5) as middle
    from pieces
    group by all
)

select
    ref,
    class,
    st_x(middle) as x_m,
    st_y(middle) as y_m
from longest
order by
    coalesce(list_position(['expressway', 'first', 'second', 'third', 'fourth'], class), 9),
    ref
