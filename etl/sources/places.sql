-- One row per place 村镇: a village or town with its people.
create table places (
    origin_id integer not null,
    row_number bigint not null,
    place_id varchar not null,
    name varchar not null,
    kind varchar,
    people integer,
    township varchar,
    lon double not null,
    lat double not null,
    constraint people_within_reason check (people between 0 and 50000000)
);
comment on table places is '村镇 | | One row per village or town';
comment on column places.place_id is '编码 | | Code, or derived from name and position';
comment on column places.name is '名称 | | Name';
comment on column places.kind is '类型 | | city, town, village';
comment on column places.people is '人口 | 人 | People who live there';
comment on column places.township is '乡镇 | | Township as written';
comment on column places.lon is '经度 | 度 | WGS-84';
comment on column places.lat is '纬度 | 度 | WGS-84';

create temp view places_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(written.place_id, 'place', written.name, written.lon, written.lat) as place_id,
    written.name as name,
    as_code('place_kind', written.kind) as kind,
    as_people(written.people)::integer as people,
    written.township as township,
    written.lon,
    written.lat
from places_located as written;
