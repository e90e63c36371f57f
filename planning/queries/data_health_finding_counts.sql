-- One row per rule: how many things were found, and how large they are together where that is known.
select
    rule,
    count(*) as finding_count,
    sum(area_km2) as area_km2
from findings
group by all
order by finding_count desc, rule
