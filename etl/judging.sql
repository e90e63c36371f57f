-- Each row of `weighed_rows` goes one of four ways. Of rows with the same key the first is kept; a later one that says
-- the same is merged into it, one that says otherwise is a duplicate.
create or replace temp table judged_rows as
with ranked as (
    select
        *,
        row_number() over same_key as place_in_key,
        first_value(content_hash) over same_key as first_hash
    from weighed_rows
    window same_key as (partition by key_value, len(faults) = 0 order by origin_id, row_number)
)

select
    * exclude (key_value, content_hash, place_in_key, first_hash),
    case
        when len(faults) > 0 then 'rejected'
        when place_in_key = 1 then 'kept'
        when content_hash = first_hash then 'merged'
        else 'duplicate'
    end as verdict
from ranked;
