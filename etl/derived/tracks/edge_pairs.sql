-- One row per pair of edges between which some truck at hand went.
select distinct
    from_edge,
    to_edge
from hops
