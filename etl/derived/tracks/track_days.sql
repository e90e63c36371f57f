-- One row per day 轨迹日: how many different trucks sent positions.
create table track_days (
    day date not null,
    is_weekend boolean not null,
    trucks integer,
    trucks_in_place integer
);
comment on table track_days is '轨迹日 | | One row per day on which trucks sent positions';
comment on column track_days.day is '日期 | | The day, China time';
comment on column track_days.is_weekend is '周末 | | Saturday or Sunday; holidays are not known';
comment on column track_days.trucks is '货车数 | 辆 | Different trucks; null where they are too few to be hidden';
comment on column track_days.trucks_in_place is '过境货车数 | 辆 | Of them those that came into the place; null where they are too few to be hidden';

-- One row per reason for which pings were left out of the tracks.
create table ping_faults (
    fault varchar not null,
    pings bigint not null
);
comment on table ping_faults is '未用的轨迹点 | | One row per reason for which pings were left out of the tracks';
comment on column ping_faults.fault is '原因 | | repeated, frozen, jumped, outside';
comment on column ping_faults.pings is '轨迹点数 | 个 | Pings left out for it';

-- One row: what tracks were read from, and by what numbers.
create table tracking (
    pings bigint not null,
    vehicles bigint not null,
    driving_pings bigint not null,
    placed_pings bigint not null,
    hops bigint not null,
    joined_hops bigint not null,
    rest_stop_min double not null,
    driving_spell_h double not null,
    k_anonymity integer not null
);
comment on table tracking is '轨迹概况 | | One row: what tracks were read from, and by what numbers';
comment on column tracking.pings is '轨迹点数 | 个 | Pings in the files';
comment on column tracking.vehicles is '车辆数 | 辆 | Different trucks that could be followed';
comment on column tracking.driving_pings is '行驶中的轨迹点 | 个 | Pings of trucks that were driving';
comment on column tracking.placed_pings is '落到路上的轨迹点 | 个 | Of them those that lie on a road of the network and head along it';
comment on column tracking.hops is '路段间移动 | 次 | Times that a truck came from one edge to another between two pings';
comment on column tracking.joined_hops is '接上的移动 | 次 | Of them those for which the network has a likely way';
comment on column tracking.rest_stop_min is '停留时长下限 | 分钟 | What counted as a stop';
comment on column tracking.driving_spell_h is '连续驾驶上限 | 小时 | What counted as the longest driving';
comment on column tracking.k_anonymity is '最少车辆数 | 辆 | Fewest trucks that a figure may be made of';
