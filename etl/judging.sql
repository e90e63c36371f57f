-- The rows of `weighed_rows` that are not kept, and why. Of sound rows with the same key the first is kept; a later one
-- that says the same is merged into it, one that says otherwise is a duplicate. Only keys that occur twice are compared.
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
        faults,
        row_number() over same_key as place_in_key,
        content_hash = first_value(content_hash) over same_key as says_the_same
    from weighed_rows
    where len(faults) = 0 and key_value in (from repeated_keys)
    window same_key as (partition by key_value order by origin_id, row_number)
)

select origin_id, row_number, faults, 'rejected' as verdict
from weighed_rows
where len(faults) > 0
union all
select origin_id, row_number, faults, case when says_the_same then 'merged' else 'duplicate' end as verdict
from repeated
where place_in_key > 1;
