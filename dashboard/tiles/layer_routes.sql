-- One row: the road sections of a tile, the great roads above the small.
with drawn as (
    select * from lines_in_box
),

features as (
    select
        drawn.route_id as id,
        routes.class,
        routes.ref,
        routes.name,
        round(routes.trucks_per_day)::integer as trucks,
        st_affine(drawn.geom, $x_by_x, $x_by_y, $y_by_x, $y_by_y, $x_off + 0.5, $y_off + 0.5) as geom
    from drawn
    inner join routes using (route_id)
)

select
    st_asmvt(
        features, $layer, $units, 'geom'
        order by
            coalesce(list_position(['expressway', 'first', 'second', 'third', 'fourth'], class), 9) desc,
            id
    ) as tile,
    count(*) as features
from features
