-- The rows of `weighed_rows` that are not kept, and why. Of sound rows with the same key the one of the newest day is kept,
-- and of several such, or where a noun is told on no days, the first. One that says the same is merged into it; of the
-- others one of the same day is a duplicate, one of an earlier day or of none gives way. Only keys that occur twice are
-- compared.
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
        told_on,
        row_number() over same_key as place_in_key,
        first_value(told_on) over same_key as newest_on,
        content_hash = first_value(content_hash) over same_key as says_the_same
    from weighed_rows
    where len(faults) = 0 and key_value in (from repeated_keys)
    window same_key as (partition by key_value order by told_on desc nulls last, origin_id, row_number)
)

select origin_id, row_number, faults, 'rejected' as verdict
from weighed_rows
where len(faults) > 0
union all
select
    origin_id,
    row_number,
    faults,
    case
        when says_the_same then 'merged'
        when told_on is not distinct from newest_on then 'duplicate'
        when told_on is null then 'undated_survey'
        else 'earlier_survey'
    end as verdict
from repeated
where place_in_key > 1;
