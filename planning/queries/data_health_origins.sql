-- One row per sheet, layer or file, in the order of reading.
select
    origin_id,
    source_id,
    file,
    sheet,
    size_bytes,
    sha256,
    headings,
    unused_headings,
    notes,
    read_rows as read,
    kept_rows as kept,
    rejected_rows as rejected,
    merged_rows as merged,
    repaired_rows as repaired
from origins
order by source_id, origin_id
