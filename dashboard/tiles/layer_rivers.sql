-- One row: the rivers of a tile.
with drawn as (
    select * from lines_in_box
),

features as (
    select
        drawn.river_id as id,
        rivers.kind,
        st_affine(drawn.geom, $x_by_x, $x_by_y, $y_by_x, $y_by_y, $x_off + 0.5, $y_off + 0.5) as geom
    from drawn
    inner join rivers using (river_id)
)

select
    st_asmvt(features, $layer, $units, 'geom' order by id) as tile,
    count(*) as features
from features
