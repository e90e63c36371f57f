-- What may be shown of cells.
insert into cell_heat
select thing as cell_id, hour, day_kind, cargo, trucks_per_day, vehicles
from published
where kind = 'cell'
order by day_kind, cargo, hour nulls first, cell_id
