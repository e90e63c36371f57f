-- One row per ping 轨迹点: a GPS position of a truck, the truck as a pseudonym.
create table pings (
    origin_id integer not null,
    row_number bigint not null,
    vehicle varchar not null,
    pinged_at timestamp not null,
    speed_km_per_h float,
    heading_deg float,
    is_hazmat boolean,
    lon double not null,
    lat double not null,
    constraint pinged_within_reason check (pinged_at between timestamp '2000-01-01' and now()::timestamp + interval 1 day),
    constraint speed_within_reason check (speed_km_per_h between 0 and 250),
    constraint heading_within_circle check (heading_deg between 0 and 360)
);
comment on table pings is '轨迹点 | | One row per GPS position of a truck';
comment on column pings.vehicle is '车辆 | | Pseudonym of the truck';
comment on column pings.pinged_at is '定位时间 | | Moment of the position, China time';
comment on column pings.speed_km_per_h is '速度 | 公里/小时 | Speed as sent';
comment on column pings.heading_deg is '方向角 | 度 | Heading clockwise from north';
comment on column pings.is_hazmat is '是否危货 | | Carries dangerous goods';
comment on column pings.lon is '经度 | 度 | WGS-84';
comment on column pings.lat is '纬度 | 度 | WGS-84';

create temp view pings_typed as
select
    written,
    written.origin_id,
    written.row_number,
    written.vehicle_pseudonym as vehicle,
    as_moment(written.pinged_at) as pinged_at,
    as_number(written.speed_km_per_h)::float as speed_km_per_h,
    as_number(written.heading_deg)::float as heading_deg,
    as_flag(written.is_hazmat) as is_hazmat,
    written.lon,
    written.lat
from pings_located as written;
