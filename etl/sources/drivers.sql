-- One row per truck driver 货车司机 in the ledger; persons and plates as pseudonyms.
create table drivers (
    origin_id integer not null,
    row_number bigint not null,
    driver_id varchar not null,
    name varchar,
    phone varchar,
    plate varchar,
    home_grid varchar,
    is_party_member boolean,
    enterprise varchar,
    licence_class varchar,
    survey_channel varchar,
    surveyed_on date,
    constraint licence_class_of_china check (regexp_full_match(licence_class, '([ABC][1-6]|[DEFMNP])+')),
    constraint surveyed_within_reason check (surveyed_on between date '1990-01-01' and today() + 1)
);
comment on table drivers is '货车司机 | | One row per truck driver in the ledger';
comment on column drivers.driver_id is '编号 | | Pseudonym of the number, or of name and phone';
comment on column drivers.name is '姓名 | | Pseudonym of the name';
comment on column drivers.phone is '手机号 | | Pseudonym of the phone number';
comment on column drivers.plate is '车牌 | | Pseudonym of the plate; the same as in the pings';
comment on column drivers.home_grid is '所属网格 | | Code of the grid where the driver lives';
comment on column drivers.is_party_member is '是否党员 | | Party member';
comment on column drivers.enterprise is '所属企业 | | Enterprise as written';
comment on column drivers.licence_class is '准驾车型 | | Class of the licence';
comment on column drivers.survey_channel is '采集方式 | | household, enterprise, online, station, police';
comment on column drivers.surveyed_on is '采集日期 | | Day of the survey';

create temp view drivers_typed as
select
    written,
    written.origin_id,
    written.row_number,
    pseudonym(coalesce(written.driver_id, written.name || coalesce(written.phone, written.plate, written.row_number::varchar))) as driver_id,
    pseudonym(written.name) as name,
    pseudonym(written.phone) as phone,
    pseudonym(written.plate) as plate,
    as_id(written.home_grid) as home_grid,
    as_flag(written.is_party_member) as is_party_member,
    written.enterprise as enterprise,
    upper(as_id(written.licence_class)) as licence_class,
    as_code('survey_channel', written.survey_channel) as survey_channel,
    as_date(written.surveyed_on) as surveyed_on
from drivers_located as written;
