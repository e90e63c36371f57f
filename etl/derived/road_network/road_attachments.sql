-- One row per station, resource, repair shop and place: the road by which it is reached 上路点; two where it serves
-- both carriageways of an expressway.
create table road_attachments (
    noun varchar not null,
    thing_id varchar not null,
    edge_id integer,
    opposite_edge_id integer,
    fraction double,
    off_road_km double,
    is_reachable boolean not null
);
comment on table road_attachments is '上路点 | | One row per station, resource, repair shop and place: the road by which it is reached; two where it serves both carriageways of an expressway';
comment on column road_attachments.noun is '类别 | | stations, resources, repair_shops or places';
comment on column road_attachments.thing_id is '编号 | | The station, resource, repair shop or place';
comment on column road_attachments.edge_id is '路段 | | The nearest road that trucks may use there, in the direction of its drawing; an expressway for what lies on it alone; null where none is near enough';
comment on column road_attachments.opposite_edge_id is '对向路段 | | The same piece of road in the other direction; null where it is one-way';
comment on column road_attachments.fraction is '路段上的位置 | | Share of the length of edge_id at which the thing lies; on the opposite edge it is 1 less this';
comment on column road_attachments.off_road_km is '离路距离 | 公里 | Straight distance from the road';
comment on column road_attachments.is_reachable is '可达 | | A road lies near enough';

-- One row per cell: the road by which its centre is reached.
create table cell_attachments (
    cell_id integer not null,
    edge_id integer,
    opposite_edge_id integer,
    fraction float,
    off_road_km float
);
comment on table cell_attachments is '分析单元上路点 | | One row per cell: the road by which its centre is reached';
comment on column cell_attachments.cell_id is '分析单元 | | The cell';
comment on column cell_attachments.edge_id is '路段 | | The nearest road that trucks may use, but for expressways and ramps, in the direction of its drawing; null where none is near enough';
comment on column cell_attachments.opposite_edge_id is '对向路段 | | The same piece of road in the other direction; null where it is one-way';
comment on column cell_attachments.fraction is '路段上的位置 | | Share of the length of edge_id at which the centre lies; on the opposite edge it is 1 less this';
comment on column cell_attachments.off_road_km is '离路距离 | 公里 | Straight distance of the centre from the road';
