-- One row per grid 责任网格: an area of responsibility with its post; level 1 is the whole, level 4 the smallest.
create table grids (
    origin_id integer not null,
    row_number bigint not null,
    grid_id varchar not null,
    name varchar not null,
    level tinyint,
    parent_id varchar,
    post varchar,
    unit varchar,
    drivers integer,
    party_drivers integer,
    people integer,
    surveyed_on date,
    geom geometry not null,
    constraint drivers_within_reason check (drivers between 0 and 1000000),
    constraint party_drivers_not_more_than_drivers check (party_drivers >= 0 and (drivers is null or party_drivers <= drivers)),
    constraint people_within_reason check (people between 0 and 100000000),
    constraint surveyed_within_reason check (surveyed_on between date '1990-01-01' and today() + 1),
    constraint parent_is_another check (parent_id <> grid_id)
);
comment on table grids is '责任网格 | | One row per area of responsibility';
comment on column grids.grid_id is '编码 | | Code of the grid, or derived from name and position';
comment on column grids.name is '名称 | | Name';
comment on column grids.level is '层级 | | 1 county, 2 area, 3 township, 4 grid';
comment on column grids.parent_id is '上级编码 | | Code of the grid above';
comment on column grids.post is '责任岗位 | | The post that answers for it';
comment on column grids.unit is '责任单位 | | The unit that the post belongs to';
comment on column grids.drivers is '司机数 | 人 | Truck drivers who live in it';
comment on column grids.party_drivers is '党员司机 | 人 | Party members among them';
comment on column grids.people is '人口 | 人 | People who live in it';
comment on column grids.surveyed_on is '采集日期 | | Day of the survey';
comment on column grids.geom is '范围 | | Its area, WGS-84';

create temp view grids_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(
        written.grid_id, 'grid', written.name, st_x(st_centroid(written.geom)), st_y(st_centroid(written.geom))
    ) as grid_id,
    written.name as name,
    case as_code('grid_level', written.level) when 'county' then 1 when 'area' then 2 when 'township' then 3 when 'grid' then 4 end::tinyint as level,
    as_id(written.parent_id) as parent_id,
    written.post as post,
    written.unit as unit,
    as_people(written.drivers)::integer as drivers,
    as_whole(written.party_drivers)::integer as party_drivers,
    as_people(written.people)::integer as people,
    as_date(written.surveyed_on) as surveyed_on,
    written.geom
from grids_located as written;
