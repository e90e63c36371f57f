-- One row per source, rule and column: in how many rows it was broken. A row may stand under several.
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
    nullif(broken."column", '') as "column",
    count(distinct (broken.origin_id, broken.row_number)) as row_count
from broken
inner join origins using (origin_id)
group by all
order by origins.source_id, row_count desc, broken.rule, "column"
