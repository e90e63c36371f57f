-- One row per thing found between rows, the largest of each rule first.
select
    rule,
    noun,
    subject_id,
    subject_name,
    other_id,
    other_name,
    area_km2,
    row_count,
    lon,
    lat
from findings
order by rule, area_km2 desc nulls last, row_count desc nulls last, subject_id, other_id
limit $limit
