-- One row per edge that belongs to a corridor 货运通道: a road number in one direction, and where on it the edge lies.
create table corridor_edges (
    edge_id integer not null,
    ref varchar not null,
    direction varchar not null,
    from_km double not null,
    to_km double not null,
    is_by_stake boolean not null
);
comment on table corridor_edges is '货运通道路段 | | One row per edge of the road network that belongs to a corridor';
comment on column corridor_edges.edge_id is '路网路段 | | The edge; its direction of driving is the corridor''s';
comment on column corridor_edges.ref is '路线编号 | | Road number of the corridor';
comment on column corridor_edges.direction is '方向 | | up: along rising kilometres; down: along falling ones';
comment on column corridor_edges.from_km is '起点桩号 | 公里 | Stake where the edge begins; without stakes, km from the western or southern end of the road';
comment on column corridor_edges.to_km is '终点桩号 | 公里 | Stake where the edge ends';
comment on column corridor_edges.is_by_stake is '按桩号 | | The kilometres are those of the stakes';
