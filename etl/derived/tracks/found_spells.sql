-- One row per driving spell, with its truck.
select
    trucks_at_hand.vehicle,
    trucks_at_hand.hazmat,
    spells_of_portion.*
from spells_of_portion
inner join trucks_at_hand on spells_of_portion.truck = trucks_at_hand.truck
