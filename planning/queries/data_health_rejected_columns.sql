-- One row per file of a source and column that its refused rows hold: those its file has, or that are filled.
with cells as (
    select
        rejects.origin_id,
        unnest(map_entries(from_json(rejects.original, '"map(varchar, varchar)"'))) as cell,
        json_keys(origins.headings) as read_columns
    from rejects
    inner join origins using (origin_id)
    where origins.source_id = $source_id
)

select distinct
    origin_id,
    cell.key as "column"
from cells
where cell.value is not null or list_contains(read_columns, cell.key)
order by origin_id, "column"
