-- One row per station 驿站: a place open to drivers.
create table stations (
    origin_id integer not null,
    row_number bigint not null,
    station_id varchar not null,
    name varchar not null,
    tier varchar,
    status varchar,
    facilities varchar[],
    facilities_unknown varchar[],
    bays integer,
    opening_hours varchar,
    opened_on date,
    cost_yuan double,
    operator varchar,
    serves_direction varchar,
    township varchar,
    address varchar,
    lon double not null,
    lat double not null,
    constraint bays_within_reason check (bays between 0 and 5000),
    constraint opened_within_reason check (opened_on between date '1949-10-01' and today() + 3650),
    constraint opened_not_in_future check (status <> 'open' or opened_on <= today()),
    constraint cost_within_reason check (cost_yuan between 0 and 1e10)
);
comment on table stations is '驿站 | | One row per station';
comment on column stations.station_id is '编号 | | Number the office gives, or derived from name and position';
comment on column stations.name is '名称 | | Name';
comment on column stations.tier is '类型 | | red_station, service_station, service_point, driver_home, hazmat_station';
comment on column stations.status is '状态 | | open, building, planned, closed';
comment on column stations.facilities is '设施 | | What the station offers; null where nothing is known';
comment on column stations.facilities_unknown is '不详的设施 | | Facilities of which the ledger says that it does not know';
comment on column stations.bays is '停车位 | 个 | Bays for trucks';
comment on column stations.opening_hours is '营业时间 | | Opening hours as written';
comment on column stations.opened_on is '启用日期 | | Day of opening';
comment on column stations.cost_yuan is '投资 | 元 | Money spent on building it';
comment on column stations.operator is '运营单位 | | Who runs it';
comment on column stations.serves_direction is '服务方向 | | up, down, both: the side of the road that it serves';
comment on column stations.township is '乡镇 | | Township as written';
comment on column stations.address is '地址 | | Address as written';
comment on column stations.lon is '经度 | 度 | WGS-84';
comment on column stations.lat is '纬度 | 度 | WGS-84';

create temp view stations_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(written.station_id, 'station', written.name, written.lon, written.lat) as station_id,
    written.name as name,
    as_code('tier', written.tier) as tier,
    as_code('status', written.status) as status,
    coalesce(written.facilities_ticked, as_codes('facility', written.facilities)) as facilities,
    written.facilities_unknown as facilities_unknown,
    as_whole(written.bays)::integer as bays,
    written.opening_hours as opening_hours,
    as_date(written.opened_on) as opened_on,
    as_yuan(written.cost_yuan) as cost_yuan,
    written.operator as operator,
    as_code('direction', written.serves_direction) as serves_direction,
    written.township as township,
    written.address as address,
    written.lon,
    written.lat
from stations_located as written;
