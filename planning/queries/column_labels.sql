-- One row per commented column, and per commented table (column_name null).
select
    table_name,
    column_name,
    comment
from duckdb_columns()
where comment is not null and not internal

union all

select
    table_name,
    null as column_name,
    comment
from duckdb_tables()
where comment is not null and not internal
order by table_name, column_name
