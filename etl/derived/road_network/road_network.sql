-- One row: how much road the network holds, and what was done to join it.
create table road_network (
    road_km double not null,
    reachable_km_pct double,
    nodes integer not null,
    edges integer not null,
    dead_ends integer not null,
    islands integer not null,
    snapped_ends integer not null,
    joined_crossings integer not null
);
comment on table road_network is '路网概况 | | One row: how much road the network holds, and what was done to join it';
comment on column road_network.road_km is '道路里程 | 公里 | Length of all roads, each counted once whatever its directions';
comment on column road_network.reachable_km_pct is '连通里程占比 | % | Share of the length that lies in the largest connected piece; null without roads';
comment on column road_network.nodes is '节点数 | 个 | Nodes';
comment on column road_network.edges is '路段数 | 条 | Edges, one for each direction that may be driven';
comment on column road_network.dead_ends is '断头数 | 个 | Nodes where only one section of road ends';
comment on column road_network.islands is '孤立路网数 | 片 | Connected pieces beside the largest';
comment on column road_network.snapped_ends is '接上的端点 | 个 | Ends that nearly met another road and were joined to it';
comment on column road_network.joined_crossings is '接上的交叉 | 处 | Crossings without a shared vertex that were joined, in files whose lines share few';
