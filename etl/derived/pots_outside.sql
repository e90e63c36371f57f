-- One row per grid whose drivers or people live where the place has no cell.
select
    grid_id,
    max(amount) as amount
from pots
anti join portions using (pot_id)
where amount > 0
group by all
order by grid_id;
