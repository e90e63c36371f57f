-- Rows set aside, with every reason.
insert into rejects by name
select
    origin_id,
    row_number,
    original,
    case
        when verdict = 'duplicate' then [{'rule': 'duplicate', 'column': getvariable('key_column')}]
        else faults
    end as reasons
from judged_rows
where verdict in ('rejected', 'duplicate')
order by origin_id, row_number;
