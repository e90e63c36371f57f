-- One row per county that the place holds or has nearby, for names and outlines on the map.
create table surroundings (
    code varchar not null,
    name varchar not null,
    is_inside boolean not null,
    lon double not null,
    lat double not null,
    geom geometry not null
);
comment on table surroundings is '周边区县 | | One row per county that the place holds or has nearby';
comment on column surroundings.code is '区划代码 | | Division code (GB/T 2260)';
comment on column surroundings.name is '名称 | | Name of the county';
comment on column surroundings.is_inside is '属于本地 | | The county is the place itself or a part of it';
comment on column surroundings.lon is '经度 | 度 | Where its name stands, WGS-84';
comment on column surroundings.lat is '纬度 | 度 | Where its name stands, WGS-84';
comment on column surroundings.geom is '范围 | | Its area as far as the map shows it, WGS-84';
