-- One row per edge of the road network, hour, kind of day and cargo 路段流量: how many trucks a day took it.
create table section_flows (
    edge_id integer not null,
    hour tinyint,
    day_kind varchar not null,
    cargo varchar not null,
    trucks_per_day double not null,
    vehicles integer not null
);
comment on table section_flows is '路段流量 | | One row per edge (piece of road and direction), hour, kind of day and cargo, where enough trucks were seen';
comment on column section_flows.edge_id is '路网路段 | | The edge, and with it the direction';
comment on column section_flows.hour is '小时 | 时 | 0 to 23; null for the whole day';
comment on column section_flows.day_kind is '日期类型 | | all, weekday, weekend';
comment on column section_flows.cargo is '货类 | | all trucks, or those with dangerous goods (hazmat)';
comment on column section_flows.trucks_per_day is '货车流量 | 辆/日 | Different trucks of those that send positions, on a day on average';
comment on column section_flows.vehicles is '车辆数 | 辆 | Different trucks in all the time';
