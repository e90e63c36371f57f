-- One row per refused row of a source, or of one rule within it; in the order of the office's file.
select
    rejects.origin_id,
    rejects.row_number,
    rejects.reasons,
    rejects.original
from rejects
inner join origins using (origin_id)
where
    origins.source_id = $source_id
    and ($rule is null or list_contains(list_transform(rejects.reasons, lambda reason: reason.rule), $rule))
order by rejects.origin_id, rejects.row_number
limit $limit offset $offset
