-- One row per ping of the trucks at hand that is left out, and why.
select
    truck,
    at_s,
    x_m,
    y_m,
    fault
from marked_points
where fault is not null
