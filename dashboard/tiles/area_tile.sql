-- One row: the areas of a tile, which lie ready in `areas_in_tile`, in their order.
with features as (
    select * replace (
        st_affine(geom, $x_by_x, $x_by_y, $y_by_x, $y_by_y, $x_off + 0.5, $y_off + 0.5) as geom
    )
    from areas_in_tile
)

select
    st_asmvt(features, $layer, $units, 'geom') as tile,
    count(*) as features
from features
