-- Whose licence asks that its name stands on every map made from it.
select distinct publisher
from sources
where licence ilike 'odbl%' and publisher is not null and refusal is null
order by publisher
