-- One row per county around; all are neighbours alike.
select
    code,
    1 as level,
    st_aswkb(geom) as shape
from surroundings
order by code;
