-- One row per node of the road network 路网节点: where sections of road meet or end.
create table road_nodes (
    node_id integer primary key,
    lon double not null,
    lat double not null,
    component integer not null,
    is_dead_end boolean not null
);
comment on table road_nodes is '路网节点 | | One row per spot where sections of road meet or end';
comment on column road_nodes.node_id is '编号 | | Number of the node, from 0 without gaps';
comment on column road_nodes.lon is '经度 | 度 | Longitude, WGS-84';
comment on column road_nodes.lat is '纬度 | 度 | Latitude, WGS-84';
comment on column road_nodes.component is '连通片 | | Number of the connected piece of network: 0 has the most road-km; one-way streets count as if both ways';
comment on column road_nodes.is_dead_end is '断头 | | Only one section of road ends here';
