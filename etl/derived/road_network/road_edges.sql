-- One row per piece of road between two nodes and direction in which it may be driven 路网路段.
create table road_edges (
    edge_id integer primary key,
    from_node integer not null,
    to_node integer not null,
    route_id varchar not null,
    length_km double not null,
    class varchar,
    ref varchar,
    speed_km_per_h double,
    is_hazmat_allowed boolean,
    is_truck_allowed boolean,
    is_bridge boolean,
    is_tunnel boolean,
    is_forward boolean not null,
    from_fraction double not null,
    to_fraction double not null
);
comment on table road_edges is '路网路段 | | One row per piece of road between two nodes and direction in which it may be driven';
comment on column road_edges.edge_id is '编号 | | Number of the edge, from 0 without gaps, in the order of from_node and to_node';
comment on column road_edges.from_node is '起点 | | The node where it begins';
comment on column road_edges.to_node is '终点 | | The node where it ends';
comment on column road_edges.route_id is '路段编号 | | The route it is a piece of';
comment on column road_edges.length_km is '长度 | 公里 | Length along the route as drawn';
comment on column road_edges.class is '等级 | | Class of the route';
comment on column road_edges.ref is '路线编号 | | Road number: G312, S202 …';
comment on column road_edges.speed_km_per_h is '限速 | 公里/小时 | Speed limit as posted';
comment on column road_edges.is_hazmat_allowed is '危货通行 | | Trucks with dangerous goods may use it';
comment on column road_edges.is_truck_allowed is '货车通行 | | False where signs or tags forbid trucks';
comment on column road_edges.is_bridge is '桥梁 | | Lies on a bridge';
comment on column road_edges.is_tunnel is '隧道 | | Lies in a tunnel';
comment on column road_edges.is_forward is '顺向 | | Runs as the route is drawn, and not against it';
comment on column road_edges.from_fraction is '起点位置 | | Share of the drawn route at which it begins, measured in degrees from the beginning of the drawing';
comment on column road_edges.to_fraction is '终点位置 | | Share of the drawn route at which it ends; less than from_fraction where it runs against the drawing';
