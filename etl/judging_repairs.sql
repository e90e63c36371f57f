-- What was put right in the rows that are kept.
insert into repairs by name
with kept as (
    select origin_id, row_number, unnest(repairs) as repair
    from judged_rows
    where verdict = 'kept'
)

select
    origin_id,
    row_number,
    repair.rule as rule,
    repair."column" as "column",
    repair.original as original,
    repair.result as result,
    1 as row_count
from kept
order by origin_id, row_number;
