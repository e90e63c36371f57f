-- One row per noun that a source was named for: whether one of its sources brought rows, and whether one was refused.
-- A workbook that nobody has filled in yet says nothing, not even that there is none.
with rows_read as (
    select source_id, sum(read_rows) as read_rows
    from origins
    group by source_id
)

select
    sources.noun,
    bool_or(sources.refusal is null and coalesce(rows_read.read_rows, 0) > 0) as is_read,
    bool_or(sources.refusal is not null) as is_refused
from sources
left join rows_read using (source_id)
group by sources.noun
