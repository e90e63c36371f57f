-- One row per shape and range of zooms in which it is drawn; the noun's own name and key stand in for “shape”.
create table shapes_on_map (
    shape_id varchar not null,
    zoom_from tinyint not null,
    zoom_to tinyint not null,
    west_m double not null,
    south_m double not null,
    east_m double not null,
    north_m double not null,
    geom geometry not null
);
comment on table shapes_on_map is '图形（绘图） | | One row per shape and range of zooms in which it is drawn';
comment on column shapes_on_map.shape_id is '编号 | | The row of the noun that is drawn';
comment on column shapes_on_map.zoom_from is '起始级别 | | First zoom of the map at which the row is drawn';
comment on column shapes_on_map.zoom_to is '终止级别 | | Last zoom of the map at which the row is drawn';
comment on column shapes_on_map.west_m is '西界 | 米 | Least x, spherical Mercator (EPSG:3857)';
comment on column shapes_on_map.south_m is '南界 | 米 | Least y, spherical Mercator (EPSG:3857)';
comment on column shapes_on_map.east_m is '东界 | 米 | Greatest x, spherical Mercator (EPSG:3857)';
comment on column shapes_on_map.north_m is '北界 | 米 | Greatest y, spherical Mercator (EPSG:3857)';
comment on column shapes_on_map.geom is '图形 | | The shape, spherical Mercator, outer rings clockwise, simplified to about half a pixel';
