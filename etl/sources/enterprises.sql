-- One row per freight enterprise 货运企业.
create table enterprises (
    origin_id integer not null,
    row_number bigint not null,
    enterprise_id varchar not null,
    name varchar not null,
    kind varchar,
    trucks integer,
    drivers integer,
    party_members integer,
    is_hazmat_carrier boolean,
    contact varchar,
    phone varchar,
    township varchar,
    address varchar,
    lon double,
    lat double,
    constraint trucks_within_reason check (trucks between 0 and 1000000),
    constraint drivers_within_reason check (drivers between 0 and 1000000),
    constraint party_members_within_reason check (party_members between 0 and 1000000)
);
comment on table enterprises is '货运企业 | | One row per freight enterprise';
comment on column enterprises.enterprise_id is '编号 | | Number the office gives, or derived from the name';
comment on column enterprises.name is '名称 | | Name';
comment on column enterprises.kind is '类型 | | carrier, hazmat_carrier, yard, platform, repair, cooperative';
comment on column enterprises.trucks is '车辆数 | 辆 | Trucks';
comment on column enterprises.drivers is '司机数 | 人 | Drivers';
comment on column enterprises.party_members is '党员数 | 人 | Party members';
comment on column enterprises.is_hazmat_carrier is '是否危货 | | Carries dangerous goods';
comment on column enterprises.contact is '联系人 | | Pseudonym of the contact';
comment on column enterprises.phone is '联系电话 | | Pseudonym of the phone number';
comment on column enterprises.township is '乡镇 | | Township as written';
comment on column enterprises.address is '地址 | | Address as written';
comment on column enterprises.lon is '经度 | 度 | WGS-84';
comment on column enterprises.lat is '纬度 | 度 | WGS-84';

create temp view enterprises_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(written.enterprise_id, 'enterprise', written.name, null, null) as enterprise_id,
    written.name as name,
    as_code('enterprise_kind', written.kind) as kind,
    as_whole(written.trucks)::integer as trucks,
    as_whole(written.drivers)::integer as drivers,
    as_whole(written.party_members)::integer as party_members,
    as_flag(written.is_hazmat_carrier) as is_hazmat_carrier,
    pseudonym(written.contact) as contact,
    pseudonym(written.phone) as phone,
    written.township as township,
    written.address as address,
    written.lon,
    written.lat
from enterprises_located as written;
