-- One row per source, rule and column: how many rows were put right so, with one example.
select
    origins.source_id,
    repairs.rule,
    nullif(repairs."column", '') as "column",
    sum(repairs.row_count)::bigint as row_count,
    arg_min(repairs.original, (repairs.origin_id, repairs.row_number)) as example_original,
    arg_min(repairs.result, (repairs.origin_id, repairs.row_number)) as example_result
from repairs
inner join origins using (origin_id)
group by all
order by row_count desc, origins.source_id, repairs.rule, "column"
