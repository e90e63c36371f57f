-- One row per ledger of stations: the headings that its facilities were read from, as JSON; null where it has none.
with ledgers as (
    select distinct origin_id from stations
)

select
    ledgers.origin_id,
    origins.source_id,
    origins.headings::json -> '$.facilities' as facility_headings
from ledgers
left join origins using (origin_id)
order by ledgers.origin_id
