-- One row per cell, as the map draws it: in spherical Mercator, along a curve that keeps neighbours together.
create table cells_on_map (
    cell_id integer not null,
    x_m double not null,
    y_m double not null,
    geom geometry not null
);
comment on table cells_on_map is '分析单元（绘图） | | One row per cell, as the map draws it';
comment on column cells_on_map.cell_id is '编号 | | The cell';
comment on column cells_on_map.x_m is '横坐标 | 米 | Centre of the square, spherical Mercator (EPSG:3857)';
comment on column cells_on_map.y_m is '纵坐标 | 米 | Centre of the square, spherical Mercator (EPSG:3857)';
comment on column cells_on_map.geom is '范围 | | The square, spherical Mercator, clockwise';
