-- One row per source and rule: in how many rows it was broken, whichever the column.
with broken as (
    select
        origin_id,
        row_number,
        unnest(reasons, recursive := true)
    from rejects
)

select
    origins.source_id,
    broken.rule,
    count(distinct (broken.origin_id, broken.row_number)) as row_count
from broken
inner join origins using (origin_id)
group by all
order by origins.source_id, row_count desc, broken.rule
