-- One row per edge of a corridor: its edge and the corridor's name in one word.
select
    edge_id,
    ref || ' ' || direction as corridor
from corridor_edges
