-- One row per repair shop 维修点.
create table repair_shops (
    origin_id integer not null,
    row_number bigint not null,
    shop_id varchar not null,
    name varchar not null,
    class varchar,
    is_filed boolean,
    on_green_land boolean,
    on_roadside boolean,
    surveyed_on date,
    township varchar,
    address varchar,
    lon double not null,
    lat double not null,
    constraint surveyed_within_reason check (surveyed_on between date '1990-01-01' and today() + 1)
);
comment on table repair_shops is '维修点 | | One row per repair shop';
comment on column repair_shops.shop_id is '编号 | | Number the office gives, or derived from name and position';
comment on column repair_shops.name is '名称 | | Name';
comment on column repair_shops.class is '维修类别 | | first 一类, second 二类, third 三类';
comment on column repair_shops.is_filed is '是否备案 | | Filed with the transport office';
comment on column repair_shops.on_green_land is '占用绿地 | | Stands on green land';
comment on column repair_shops.on_roadside is '占道经营 | | Works on the road';
comment on column repair_shops.surveyed_on is '调查日期 | | Day of the survey';
comment on column repair_shops.township is '乡镇 | | Township as written';
comment on column repair_shops.address is '地址 | | Address as written';
comment on column repair_shops.lon is '经度 | 度 | WGS-84';
comment on column repair_shops.lat is '纬度 | 度 | WGS-84';

create temp view repair_shops_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(written.shop_id, 'shop', written.name, written.lon, written.lat) as shop_id,
    written.name as name,
    as_code('repair_class', written.class) as class,
    as_flag(written.is_filed) as is_filed,
    as_flag(written.on_green_land) as on_green_land,
    as_flag(written.on_roadside) as on_roadside,
    as_date(written.surveyed_on) as surveyed_on,
    written.township as township,
    written.address as address,
    written.lon,
    written.lat
from repair_shops_located as written;
