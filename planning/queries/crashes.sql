-- One row per crash with a position.
select
    lon,
    lat,
    deaths
from incidents
where kind = 'crash' and lon is not null
order by origin_id, row_number
