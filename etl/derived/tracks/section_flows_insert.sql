-- What may be shown of edges.
insert into section_flows
select thing as edge_id, hour, day_kind, cargo, trucks_per_day, vehicles
from published
where kind = 'edge'
order by day_kind, cargo, hour nulls first, edge_id
