-- One row per resource 沿线资源: an existing place that could host a station.
create table resources (
    origin_id integer not null,
    row_number bigint not null,
    resource_id varchar not null,
    name varchar not null,
    kind varchar not null,
    facilities varchar[],
    facilities_unknown varchar[],
    bays integer,
    operator varchar,
    area_m2 double,
    township varchar,
    address varchar,
    lon double not null,
    lat double not null,
    constraint bays_within_reason check (bays between 0 and 5000),
    constraint area_within_reason check (area_m2 between 0 and 1e8)
);
comment on table resources is '沿线资源 | | One row per existing place that could host a station';
comment on column resources.resource_id is '编号 | | Number the office gives, or derived from name and position';
comment on column resources.name is '名称 | | Name';
comment on column resources.kind is '类型 | | party_centre, freight_outpost, service_area, parking_area, freight_yard, fuel_station, weigh_station, toll_plaza, union_point';
comment on column resources.facilities is '设施 | | What is there already; null where nothing is known';
comment on column resources.facilities_unknown is '不详的设施 | | Facilities of which the ledger says that it does not know';
comment on column resources.bays is '停车位 | 个 | Bays for trucks';
comment on column resources.operator is '管理单位 | | Who runs it';
comment on column resources.area_m2 is '面积 | 平方米 | Usable area';
comment on column resources.township is '乡镇 | | Township as written';
comment on column resources.address is '地址 | | Address as written';
comment on column resources.lon is '经度 | 度 | WGS-84';
comment on column resources.lat is '纬度 | 度 | WGS-84';

create temp view resources_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(written.resource_id, 'resource', written.name, written.lon, written.lat) as resource_id,
    written.name as name,
    as_code('resource_kind', written.kind) as kind,
    coalesce(written.facilities_ticked, as_codes('facility', written.facilities)) as facilities,
    written.facilities_unknown as facilities_unknown,
    as_whole(written.bays)::integer as bays,
    written.operator as operator,
    as_square_m(written.area_m2) as area_m2,
    written.township as township,
    written.address as address,
    written.lon,
    written.lat
from resources_located as written;
