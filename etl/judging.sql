-- Each row of `weighed_rows` goes one of four ways. Of sound rows with the same key the first is kept; a later one that
-- says the same is merged into it, one that says otherwise is a duplicate. Only keys that occur twice are compared.
create or replace temp table verdicts as
with repeated_keys as (
    select key_value
    from weighed_rows
    where len(faults) = 0
    group by key_value
    having count(*) > 1
),

repeated as (
    select
        origin_id,
        row_number,
        row_number() over same_key as place_in_key,
        content_hash = first_value(content_hash) over same_key as says_the_same
    from weighed_rows
    where len(faults) = 0 and key_value in (from repeated_keys)
    window same_key as (partition by key_value order by origin_id, row_number)
)

select
    weighed_rows.origin_id,
    weighed_rows.row_number,
    weighed_rows.faults,
    case
        when len(weighed_rows.faults) > 0 then 'rejected'
        when repeated.place_in_key is null or repeated.place_in_key = 1 then 'kept'
        when repeated.says_the_same then 'merged'
        else 'duplicate'
    end as verdict
from weighed_rows
left join repeated using (origin_id, row_number);
