-- One row per stop 停留: a truck that stood for the time of a rest or longer.
create table stops (
    stop_id integer not null,
    vehicle varchar not null,
    is_hazmat boolean,
    begins_at timestamp not null,
    ends_at timestamp not null,
    stop_min double not null,
    place_kind varchar not null,
    thing_id varchar,
    cell_id integer,
    lon double not null,
    lat double not null
);
comment on table stops is '停留 | | One row per stop: a truck that stood for the time of a rest or longer';
comment on column stops.stop_id is '编号 | | Number of the stop';
comment on column stops.vehicle is '车辆 | | Pseudonym of the truck';
comment on column stops.is_hazmat is '是否危货 | | The truck carries dangerous goods; null where nobody says';
comment on column stops.begins_at is '停车时间 | | Moment at which it came to a stand, China time';
comment on column stops.ends_at is '离开时间 | | Last moment at which it is known to stand';
comment on column stops.stop_min is '停留时长 | 分钟 | From the one to the other';
comment on column stops.place_kind is '停留地点 | | station, resource, roadside (路边停留: beside a road and at neither), elsewhere';
comment on column stops.thing_id is '地点编号 | | The station or resource; null elsewhere';
comment on column stops.cell_id is '分析单元 | | The cell it lies in; null outside the place';
comment on column stops.lon is '经度 | 度 | Mean of its positions, WGS-84';
comment on column stops.lat is '纬度 | 度 | Mean of its positions, WGS-84';
