-- One row per cell, hour, kind of day and cargo 货运热力: how many trucks a day were there, where enough of them were.
create table cell_heat (
    cell_id integer not null,
    hour tinyint,
    day_kind varchar not null,
    cargo varchar not null,
    trucks_per_day double not null,
    vehicles integer not null
);
comment on table cell_heat is '货运热力（单元） | | One row per cell, hour, kind of day and cargo, where enough trucks were seen to hide each of them';
comment on column cell_heat.cell_id is '分析单元 | | The cell';
comment on column cell_heat.hour is '小时 | 时 | 0 to 23; null for the whole day';
comment on column cell_heat.day_kind is '日期类型 | | all, weekday, weekend';
comment on column cell_heat.cargo is '货类 | | all trucks, or those with dangerous goods (hazmat)';
comment on column cell_heat.trucks_per_day is '货车数 | 辆/日 | Different trucks seen in the cell on a day, on average; trackers that speak seldom pass cells unseen';
comment on column cell_heat.vehicles is '车辆数 | 辆 | Different trucks in all the time';
