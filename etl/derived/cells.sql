-- One row per cell 分析单元: a square of the analysis lattice that touches the place, by row (j) and column (i).
create table cells (
    cell_id integer primary key,
    i integer not null,
    j integer not null,
    lon double not null,
    lat double not null,
    area_km2 double not null,
    grid_id varchar,
    township_id varchar,
    drivers double,
    is_drivers_partly_unknown boolean not null,
    people double,
    is_people_partly_unknown boolean not null,
    geom geometry not null
);
comment on table cells is '分析单元 | | One row per square of the analysis lattice that touches the place';
comment on column cells.cell_id is '编号 | | Number of the cell, made of i and j: the same in each build with the same projection and side';
comment on column cells.i is '列号 | | Column of the lattice, eastwards from the centre of the projection';
comment on column cells.j is '行号 | | Row of the lattice, northwards from the centre of the projection';
comment on column cells.lon is '经度 | 度 | Centre of the square, WGS-84';
comment on column cells.lat is '纬度 | 度 | Centre of the square, WGS-84';
comment on column cells.area_km2 is '面积 | 平方公里 | The part of the square inside the place';
comment on column cells.grid_id is '所属网格 | | Smallest grid that holds most of the cell; null where no grid touches it';
comment on column cells.township_id is '所属乡镇 | | The grid of the level township that grid_id is or belongs to';
comment on column cells.drivers is '司机数 | 人 | Truck drivers spread from the grids: by the people of the places, else by area; null where nothing is known';
comment on column cells.is_drivers_partly_unknown is '司机数不全 | | A grid that touches the cell does not know its drivers: their number is a lower bound or null';
comment on column cells.people is '人口 | 人 | People of the grids spread alike, else of the places that lie in the cell; null where nothing is known';
comment on column cells.is_people_partly_unknown is '人口不全 | | A place in the cell does not know its people: their number is a lower bound or null';
comment on column cells.geom is '范围 | | The square, WGS-84';
