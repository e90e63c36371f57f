-- One row per ledger of stations: the headings that its facilities were read from, as JSON; null where it has none.
select
    origins.origin_id,
    origins.source_id,
    origins.headings::json -> '$.facilities' as facility_headings
from origins
where origins.origin_id in (select stations.origin_id from stations)
order by origins.origin_id
