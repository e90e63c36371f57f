-- One row per driver, or per plate, whom two survey channels of the drivers' ledger tell differently.
create table survey_conflicts (
    kind varchar not null,
    grid_id varchar,
    columns varchar[] not null,
    channels varchar[] not null,
    surveyed_on date,
    told_in struct(origin_id integer, row_number bigint)[] not null
);
comment on table survey_conflicts is '采集渠道冲突 | | One row per driver or plate whom two survey channels tell differently';
comment on column survey_conflicts.kind is '对象 | | driver: the same driver; plate: the same plate under other drivers';
comment on column survey_conflicts.grid_id is '所属网格 | | Home grid in the first of its rows that names one';
comment on column survey_conflicts.columns is '不一致的列 | | Columns of drivers in which the rows differ';
comment on column survey_conflicts.channels is '采集方式 | | The survey channels that tell it';
comment on column survey_conflicts.surveyed_on is '采集日期 | | Day of the newest survey among them';
comment on column survey_conflicts.told_in is '行 | | Sheet or file and row of each telling, in order';
