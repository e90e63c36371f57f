-- What a snapshot says of itself: where each row came from, what was refused, repaired and found.

-- One row: the place and the build.
create table build (
    place_name varchar not null,
    place_name_en varchar,
    is_made_up boolean not null,
    county_codes varchar[],
    product_version varchar not null,
    inputs varchar not null,
    started_at timestamp not null,
    took_s double,
    cell_size_m double not null,
    projection varchar not null,
    boundary geometry not null
);
comment on table build is '本次构建 | | One row: the place and the build';
comment on column build.place_name is '地方名称 | | Name of the place';
comment on column build.place_name_en is '英文名称 | | Name of the place in English';
comment on column build.is_made_up is '示例数据 | | The data are made up and every page says so';
comment on column build.county_codes is '区划代码 | | Division codes (GB/T 2260) whose outlines make the boundary';
comment on column build.product_version is '软件版本 | | Version of Yitu that built the snapshot';
comment on column build.inputs is '输入标记 | | Sign of the files and the version that the build was made from';
comment on column build.started_at is '开始时间 | | When the build began, China time';
comment on column build.took_s is '用时 | 秒 | How long the build took';
comment on column build.cell_size_m is '分析单元边长 | 米 | Side of an analysis cell';
comment on column build.projection is '投影 | | The local equal-area projection of the lattice';
comment on column build.boundary is '范围 | | Outline of the place, WGS-84';

-- One row per source that sources.toml names.
create table sources (
    source_id integer primary key,
    name varchar not null,
    noun varchar not null,
    publisher varchar,
    licence varchar,
    received_on date,
    datum varchar,
    datum_found_by varchar,
    refusal varchar
);
comment on table sources is '数据来源 | | One row per source that sources.toml names';
comment on column sources.source_id is '序号 | | Number of the source in sources.toml, from 1';
comment on column sources.name is '来源名称 | | Name of the source';
comment on column sources.noun is '类别 | | Which noun the source brings';
comment on column sources.publisher is '提供单位 | | Who gave it';
comment on column sources.licence is '使用许可 | | On what terms';
comment on column sources.received_on is '收到日期 | | When it was received';
comment on column sources.datum is '坐标系 | | Datum as applied: wgs84, cgcs2000, gcj02, bd09; null where nothing had to be placed';
comment on column sources.datum_found_by is '坐标系依据 | | How the datum was found, a message as JSON';
comment on column sources.refusal is '整体拒收原因 | | Why the source was refused as a whole, a message as JSON; null where it was not';

-- One row per sheet, layer or file that was read. read_rows = kept_rows + rejected_rows + merged_rows.
create table origins (
    origin_id integer primary key,
    source_id integer not null references sources (source_id),
    file varchar not null,
    sheet varchar,
    size_bytes bigint not null,
    sha256 varchar not null,
    headings varchar not null,
    unused_headings varchar[] not null,
    read_rows bigint not null,
    kept_rows bigint not null,
    rejected_rows bigint not null,
    merged_rows bigint not null,
    repaired_rows bigint not null,
    notes varchar[] not null,
    constraint every_row_is_accounted_for check (read_rows = kept_rows + rejected_rows + merged_rows)
);
comment on table origins is '文件 | | One row per sheet, layer or file that was read';
comment on column origins.origin_id is '序号 | | Number of the sheet, layer or file in this build';
comment on column origins.source_id is '来源 | | The source it belongs to';
comment on column origins.file is '文件 | | Path inside the place';
comment on column origins.sheet is '工作表 | | Sheet or layer, where a file has several';
comment on column origins.size_bytes is '大小 | 字节 | Size of the file';
comment on column origins.sha256 is '校验和 | | SHA-256 of the file';
comment on column origins.headings is '采用的表头 | | Column of the contract and the heading it was read from, a JSON object';
comment on column origins.unused_headings is '未用的表头 | | Headings that no column was made from';
comment on column origins.read_rows is '读取 | 行 | Rows read';
comment on column origins.kept_rows is '采用 | 行 | Rows kept';
comment on column origins.rejected_rows is '拒收 | 行 | Rows set aside';
comment on column origins.merged_rows is '合并 | 行 | Rows that say the same as an earlier one';
comment on column origins.repaired_rows is '修复 | 行 | Rows kept after a repair';
comment on column origins.notes is '说明 | | What reading met and did, messages as JSON';

-- One row per refused row.
create table rejects (
    origin_id integer not null,
    row_number bigint not null,
    reasons struct(rule varchar, "column" varchar)[] not null,
    original varchar not null
);
comment on table rejects is '拒收的行 | | One row per refused row';
comment on column rejects.origin_id is '文件 | | The sheet, layer or file it stands in';
comment on column rejects.row_number is '行号 | | Row as its office sees it';
comment on column rejects.reasons is '原因 | | Each rule broken and the column it concerns';
comment on column rejects.original is '原文 | | The row as written, by column, a JSON object; persons and vehicles as pseudonyms';

-- One row per repair of a row, or per repair that concerns all rows of a file alike (row_number null).
create table repairs (
    origin_id integer not null,
    row_number bigint,
    rule varchar not null,
    "column" varchar,
    original varchar,
    result varchar,
    row_count bigint not null
);
comment on table repairs is '修复 | | One row per repair';
comment on column repairs.origin_id is '文件 | | The sheet, layer or file it stands in';
comment on column repairs.row_number is '行号 | | Row as its office sees it; null where all rows are concerned alike';
comment on column repairs.rule is '修复方式 | | What was put right';
comment on column repairs.column is '列 | | The column concerned';
comment on column repairs.original is '原文 | | As written';
comment on column repairs.result is '结果 | | As kept';
comment on column repairs.row_count is '涉及行数 | 行 | Rows repaired so';

-- One row per thing found between rows: an orphan, an overlap, a hole.
create table findings (
    rule varchar not null,
    noun varchar not null,
    subject_id varchar,
    subject_name varchar,
    other_id varchar,
    other_name varchar,
    area_km2 double,
    row_count bigint,
    lon double,
    lat double,
    geom geometry
);
comment on table findings is '关联问题 | | One row per thing found between rows: an orphan, an overlap, a hole';
comment on column findings.rule is '问题 | | What was found';
comment on column findings.noun is '类别 | | Which noun it concerns';
comment on column findings.subject_id is '编号 | | The row concerned';
comment on column findings.subject_name is '名称 | | Its name';
comment on column findings.other_id is '相关编号 | | The other row, where there is one';
comment on column findings.other_name is '相关名称 | | Its name';
comment on column findings.area_km2 is '面积 | 平方公里 | How large an overlap or hole is';
comment on column findings.row_count is '数目 | | How many rows, drivers or people it concerns, where that can be counted';
comment on column findings.lon is '经度 | 度 | Where to look, WGS-84';
comment on column findings.lat is '纬度 | 度 | Where to look, WGS-84';
comment on column findings.geom is '图形 | | The overlap or hole, WGS-84';
