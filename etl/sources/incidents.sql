-- One row per incident: a crash 事故 or a violation 违法 on the road.
create table incidents (
    origin_id integer not null,
    row_number bigint not null,
    incident_id varchar not null,
    kind varchar,
    happened_at timestamp not null,
    severity varchar,
    deaths integer,
    injuries integer,
    ref varchar,
    stake_km double,
    location varchar,
    township varchar,
    lon double,
    lat double,
    constraint happened_within_reason check (happened_at between timestamp '1990-01-01' and now()::timestamp + interval 1 day),
    constraint deaths_within_reason check (deaths between 0 and 500),
    constraint injuries_within_reason check (injuries between 0 and 1000),
    constraint stake_within_reason check (stake_km between 0 and 10000)
);
comment on table incidents is '事故与违法 | | One row per crash or violation';
comment on column incidents.incident_id is '编号 | | Number the office gives, or derived from moment and position';
comment on column incidents.kind is '类型 | | crash, violation';
comment on column incidents.happened_at is '发生时间 | | When it happened, China time';
comment on column incidents.severity is '严重程度 | | damage, injury, fatal';
comment on column incidents.deaths is '死亡人数 | 人 | People killed';
comment on column incidents.injuries is '受伤人数 | 人 | People hurt';
comment on column incidents.ref is '道路编号 | | Road number';
comment on column incidents.stake_km is '桩号 | 公里 | Stake';
comment on column incidents.location is '地点 | | Place as written; phone numbers and plates masked';
comment on column incidents.township is '乡镇 | | Township as written';
comment on column incidents.lon is '经度 | 度 | WGS-84';
comment on column incidents.lat is '纬度 | 度 | WGS-84';

create temp view incidents_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(
        written.incident_id, 'incident', concat_ws('|', written.happened_at, written.ref, written.stake_km), written.lon, written.lat
    ) as incident_id,
    as_code('incident_kind', written.kind) as kind,
    as_moment(written.happened_at) as happened_at,
    as_code('severity', written.severity) as severity,
    as_whole(written.deaths)::integer as deaths,
    as_whole(written.injuries)::integer as injuries,
    upper(regexp_replace(written.ref, '\s+', '', 'g')) as ref,
    as_stake_km(written.stake_km) as stake_km,
    written.location as location,
    written.township as township,
    written.lon,
    written.lat
from incidents_located as written;
