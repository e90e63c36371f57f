-- One row per river 河流, stream or canal, or per stretch of one where the file divides them.
create table rivers (
    origin_id integer not null,
    row_number bigint not null,
    river_id varchar not null,
    name varchar,
    kind varchar,
    width_m double,
    geom geometry not null,
    constraint width_within_reason check (width_m between 0 and 50000)
);
comment on table rivers is '河流 | | One row per river, stream or canal, or per stretch of one';
comment on column rivers.river_id is '编号 | | Number of the river, or derived from its name and course';
comment on column rivers.name is '名称 | | Name';
comment on column rivers.kind is '类型 | | river, stream, canal';
comment on column rivers.width_m is '宽度 | 米 | Usual width of the water';
comment on column rivers.geom is '线位 | | Its course, WGS-84';

create temp view rivers_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(
        written.river_id, 'river', concat_ws('|', written.name, md5(st_aswkb(written.geom))),
        st_length(written.geom), st_npoints(written.geom)
    ) as river_id,
    written.name as name,
    as_code('river_kind', written.kind) as kind,
    coalesce(amount(written.width_m, '公里|千米|km', 1000), as_number(written.width_m), amount(written.width_m, '米|m', 1)) as width_m,
    written.geom
from rivers_located as written;
