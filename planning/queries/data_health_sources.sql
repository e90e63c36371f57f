-- One row per source, in the order of sources.toml.
select
    source_id,
    name,
    noun,
    publisher,
    licence,
    received_on,
    datum,
    datum_found_by,
    refusal
from sources
order by source_id
