-- All that was drawn, by range of zooms and then along a curve that keeps what one tile shows together.
with whole as (
    select st_makebox2d(st_point(min(west_m) - 1, min(south_m) - 1), st_point(max(east_m) + 1, max(north_m) + 1)) as box
    from drawn
)

select drawn.*
from drawn, whole
order by drawn.zoom_from, st_hilbert((drawn.west_m + drawn.east_m) / 2, (drawn.south_m + drawn.north_m) / 2, whole.box);
