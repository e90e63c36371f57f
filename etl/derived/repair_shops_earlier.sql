-- One row per repair shop and day of an earlier survey in the ledger: what a newer row of the same shop has replaced.
create table repair_shops_earlier (
    origin_id integer not null,
    row_number bigint not null,
    shop_id varchar not null,
    surveyed_on date not null,
    class varchar,
    is_filed boolean,
    on_green_land boolean,
    on_roadside boolean,
    lon double not null,
    lat double not null
);
comment on table repair_shops_earlier is '维修点较早的调查 | | One row per repair shop and day of an earlier survey in the ledger';
comment on column repair_shops_earlier.origin_id is '来源文件 | | The sheet, layer or file that the row stands in, see origins';
comment on column repair_shops_earlier.row_number is '行号 | | The row as its office sees it';
comment on column repair_shops_earlier.shop_id is '编号 | | The shop, as in repair_shops';
comment on column repair_shops_earlier.surveyed_on is '调查日期 | | Day of the earlier survey';
comment on column repair_shops_earlier.class is '维修类别 | | first 一类, second 二类, third 三类';
comment on column repair_shops_earlier.is_filed is '是否备案 | | Filed with the transport office then';
comment on column repair_shops_earlier.on_green_land is '占用绿地 | | Stood on green land';
comment on column repair_shops_earlier.on_roadside is '占道经营 | | Worked on the road';
comment on column repair_shops_earlier.lon is '经度 | 度 | WGS-84, as told then';
comment on column repair_shops_earlier.lat is '纬度 | 度 | WGS-84, as told then';

insert into repair_shops_earlier by name
select
    origin_id,
    row_number,
    shop_id,
    surveyed_on,
    class,
    is_filed,
    on_green_land,
    on_roadside,
    lon,
    lat
from earlier_rows_of_repair_shops
qualify row_number() over (partition by shop_id, surveyed_on order by origin_id, row_number) = 1
order by shop_id, surveyed_on;
