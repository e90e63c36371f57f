-- The counties at hand, outlines as well-known binary; those that only touch the surroundings have no spot for a name.
insert into surroundings
select
    code,
    name,
    is_inside,
    lon,
    lat,
    st_geomfromwkb(geom) as geom
from rows_at_hand
where not isnan(lon)
order by code;
