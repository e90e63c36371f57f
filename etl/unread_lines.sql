-- Lines of a large text that are no rows, as the database noted them while it read the file.
insert into rejects by name
select distinct on (line)
    getvariable('origin_id')::integer as origin_id,
    line as row_number,
    [{
        'rule': case error_type
            when 'TOO MANY COLUMNS' then 'too_many_fields'
            when 'UNQUOTED VALUE' then 'unbalanced_quote'
            when 'LINE SIZE OVER MAXIMUM' then 'giant_line'
            else 'unreadable_bytes'
        end,
        'column': ''
    }] as reasons,
    '{}' as original
from unread_lines
order by line;
