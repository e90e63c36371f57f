-- One row per driving ping near a road: the edge that fits its place and its heading best.
with driving as (
    select
        truck,
        at_s,
        x_m,
        y_m,
        -- A tracker that sends no heading is asked where it came from.
        case
            when heading_deg is not null then sin(radians(heading_deg))
            when leg_m >= $least_move_m then (x_m - before_x_m) / leg_m
        end as east,
        case
            when heading_deg is not null then cos(radians(heading_deg))
            when leg_m >= $least_move_m then (y_m - before_y_m) / leg_m
        end as north
    from legs
    where state = 2
),
near_pieces as (
    select
        driving.truck,
        driving.at_s,
        driving.x_m - road_pieces.x_m as east_m,
        driving.y_m - road_pieces.y_m as north_m,
        driving.east * road_pieces.east + driving.north * road_pieces.north as along,
        road_pieces.east,
        road_pieces.north,
        road_pieces.length_m,
        road_pieces.forward_edge,
        road_pieces.backward_edge
    from driving
    inner join road_pieces
        on
            floor(driving.x_m / $square_m) = road_pieces.i
            and floor(driving.y_m / $square_m) = road_pieces.j
    where driving.east is not null
),
projected as (
    select
        *,
        least(length_m, greatest(0, east_m * east + north_m * north)) as at_m
    from near_pieces
),
judged as (
    select
        truck,
        at_s,
        case when along >= 0 then forward_edge else backward_edge end as edge_id,
        abs(along) as agreement,
        sqrt(
            (east_m - at_m * east) * (east_m - at_m * east) + (north_m - at_m * north) * (north_m - at_m * north)
        ) as off_m
    from projected
)
select
    truck,
    at_s,
    min_by(edge_id, off_m + $turn_costs_m * (1 - agreement)) as edge_id
from judged
where edge_id >= 0 and off_m <= $reach_m and agreement >= $least_agreement
group by truck, at_s
