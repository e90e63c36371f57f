-- One row per pot whose portions, where it has any, do not add up to it.
select
    pots.noun,
    any_value(pots.grid_id) as grid_id,
    any_value(pots.amount) as amount,
    sum(portions.portion) as spread
from pots
inner join portions using (pot_id)
group by pots.pot_id, pots.noun
having abs(sum(portions.portion) - any_value(pots.amount)) > 1e-6 * greatest(1, any_value(pots.amount) / 1e6);
