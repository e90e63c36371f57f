-- One row per edge: how many trucks with dangerous goods take it in the hours of a ban, in the busiest of them.
select
    edge_id,
    max(trucks_per_day) as trucks_per_day
from section_flows
where cargo = 'hazmat' and day_kind = 'all' and hour >= $from_hour and hour < $to_hour
group by edge_id
order by edge_id
