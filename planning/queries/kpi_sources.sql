-- One row per noun that a source was named for: whether one of its sources was read, and whether one was refused.
select
    noun,
    bool_or(refusal is null) as is_read,
    bool_or(refusal is not null) as is_refused
from sources
group by noun
