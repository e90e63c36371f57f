-- One row per driving spell 连续驾驶: from one rest to the next; shorter pauses are part of it.
create table spells (
    spell_id integer not null,
    vehicle varchar not null,
    is_hazmat boolean,
    begins_at timestamp not null,
    ends_at timestamp not null,
    spell_min double not null,
    paused_min double not null,
    driven_km double not null,
    is_begin_known boolean not null,
    is_end_known boolean not null,
    break_lon double,
    break_lat double
);
comment on table spells is '连续驾驶 | | One row per driving spell: from one rest to the next, shorter pauses included';
comment on column spells.spell_id is '编号 | | Number of the spell';
comment on column spells.vehicle is '车辆 | | Pseudonym of the truck';
comment on column spells.is_hazmat is '是否危货 | | The truck carries dangerous goods; null where nobody says';
comment on column spells.begins_at is '开始时间 | | Moment of setting off, China time';
comment on column spells.ends_at is '结束时间 | | Moment of arrival, or the last at which it was followed';
comment on column spells.spell_min is '连续驾驶时长 | 分钟 | From the one to the other; at least so long where an end is not known';
comment on column spells.paused_min is '其中短暂停车 | 分钟 | Stands within it that are too short for a rest';
comment on column spells.driven_km is '行驶里程 | 公里 | From ping to ping in straight lines, so a lower bound';
comment on column spells.is_begin_known is '起点可知 | | It began with the end of a stop; else the track begins there or could not be followed before';
comment on column spells.is_end_known is '终点可知 | | It ended with a stop; else the track ends there or could not be followed farther';
comment on column spells.break_lon is '四小时点经度 | 度 | Where it reached four hours, WGS-84; null where it did not';
comment on column spells.break_lat is '四小时点纬度 | 度 | Where it reached four hours, WGS-84; null where it did not';
