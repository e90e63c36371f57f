-- One row per road section 货运路线 that trucks use; divided roads have one per direction.
create table routes (
    origin_id integer not null,
    row_number bigint not null,
    route_id varchar not null,
    ref varchar,
    name varchar,
    class varchar,
    direction varchar,
    is_oneway boolean,
    speed_km_per_h double,
    trucks_per_day double,
    stake_from_km double,
    stake_to_km double,
    is_hazmat_allowed boolean,
    is_truck_allowed boolean,
    is_bridge boolean,
    is_tunnel boolean,
    layer smallint,
    geom geometry not null,
    constraint speed_within_reason check (speed_km_per_h between 1 and 140),
    constraint trucks_within_reason check (trucks_per_day between 0 and 300000),
    constraint stakes_within_reason check (stake_from_km between 0 and 10000 and stake_to_km between 0 and 10000),
    constraint layer_within_reason check (layer between -10 and 10)
);
comment on table routes is '货运路线 | | One row per road section that trucks use';
comment on column routes.route_id is '编号 | | Number of the section, or derived from its road and course';
comment on column routes.ref is '路线编号 | | Road number: G312, S202 …';
comment on column routes.name is '名称 | | Name of the road';
comment on column routes.class is '等级 | | expressway, first, second, third, fourth, ramp, street, service, unclassified, or the tag of OpenStreetMap';
comment on column routes.direction is '方向 | | up, down, both';
comment on column routes.is_oneway is '单行 | | May be driven in the direction of its course only';
comment on column routes.speed_km_per_h is '限速 | 公里/小时 | Speed limit';
comment on column routes.trucks_per_day is '货车日均流量 | 辆/日 | Trucks a day where counted';
comment on column routes.stake_from_km is '起点桩号 | 公里 | Stake at the beginning';
comment on column routes.stake_to_km is '终点桩号 | 公里 | Stake at the end';
comment on column routes.is_hazmat_allowed is '危货通行 | | Trucks with dangerous goods may use it';
comment on column routes.is_truck_allowed is '货车通行 | | False where signs or tags forbid trucks';
comment on column routes.is_bridge is '桥梁 | | Lies on a bridge';
comment on column routes.is_tunnel is '隧道 | | Lies in a tunnel';
comment on column routes.layer is '立体层级 | | Of roads that cross without meeting: 0 on the ground, 1 above it, -1 below it';
comment on column routes.geom is '线位 | | Its course, WGS-84';

create temp view routes_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(
        written.route_id, 'route', concat_ws('|', written.ref, written.name, md5(st_aswkb(written.geom))),
        st_length(written.geom), st_npoints(written.geom)
    ) as route_id,
    upper(regexp_replace(written.ref, '\s+', '', 'g')) as ref,
    written.name as name,
    coalesce(as_code('route_class', written.class), lower(written.class)) as class,
    as_code('direction', written.direction) as direction,
    case when written.is_oneway = '-1' then true else as_flag(written.is_oneway) end as is_oneway,
    as_number(written.speed_km_per_h) as speed_km_per_h,
    as_number(written.trucks_per_day) as trucks_per_day,
    as_stake_km(written.stake_from_km) as stake_from_km,
    as_stake_km(written.stake_to_km) as stake_to_km,
    as_flag(written.is_hazmat_allowed) as is_hazmat_allowed,
    as_flag(written.is_truck_allowed) as is_truck_allowed,
    as_flag(written.is_bridge) as is_bridge,
    as_flag(written.is_tunnel) as is_tunnel,
    try_cast(written.layer as smallint) as layer,
    case when written.is_oneway = '-1' then st_reverse(written.geom) else written.geom end as geom
-- Programs that join files write the name of each into a column `layer`, and a 0 where no speed limit is known: what is
-- no number says nothing of heights, and no road has a limit of 0.
from (
    select * replace (
        as_whole(layer)::varchar as layer,
        case when as_number(speed_km_per_h) = 0 then null else speed_km_per_h end as speed_km_per_h
    )
    from routes_located
) as written;
