-- One row: the pieces of road of a tile with their trucks by hour, written in tenths one after another.
with drawn as (
    select
        route_id,
        geom
    from routes_on_map
    where
        $zoom between zoom_from and zoom_to
        and west_m <= $east_m
        and east_m >= $west_m
        and south_m <= $north_m
        and north_m >= $south_m
),

features as (
    select
        flows_at_hand.piece_id::varchar as id,
        flows_at_hand.ref,
        flows_at_hand.name,
        flows_at_hand.along,
        flows_at_hand.against,
        st_affine(
            case
                when st_geometrytype(drawn.geom) = 'LINESTRING'
                    then st_linesubstring(drawn.geom, flows_at_hand.low_fraction, flows_at_hand.high_fraction)
                else drawn.geom
            end,
            $x_by_x, $x_by_y, $y_by_x, $y_by_y, $x_off + 0.5, $y_off + 0.5
        ) as geom
    from drawn
    inner join flows_at_hand using (route_id)
)

select
    st_asmvt(features, $layer, $units, 'geom' order by id) as tile,
    count(*) as features
from features
