# ruff: noqa: ISC004  (made-up files are easier to read in one piece)
from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from etl.reading.gdal_drivers import USED, ogr
from etl.reading.vector_files import read_vector
from wording import Refusal

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
ID_OF_19_DIGITS = 9007199254740993123


def rows_of(path: Path, layer: str | None = None, place: int = 0) -> list[dict[str, Any]]:
    table = read_vector(path, path.name, layer)[place]
    return [row for batch in table.batches for row in batch.to_pylist()]


def written(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def feature(geometry: object, **members: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": {}, **members}


def collection(*features: object, **members: object) -> dict[str, object]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


POINT = {"type": "Point", "coordinates": [107.5, 35.25]}


def test_only_the_drivers_we_use_exist() -> None:
    assert set(ogr().list_drivers()) <= USED


def test_geojson_keeps_values_as_written(tmp_path: Path) -> None:
    properties = {
        "id": ID_OF_19_DIGITS * 1000,
        "x": 0.1,
        "yes": True,
        "list": [1, "二"],
        "none": None,
        "007": "007",
    }
    path = written(tmp_path / "a.geojson", collection(feature(POINT, properties=properties)))
    row = rows_of(path)[0]
    assert row["id"] == str(ID_OF_19_DIGITS * 1000)
    assert (row["x"], row["yes"], row["list"], row["none"], row["007"]) == (
        "0.1",
        "true",
        '[1, "二"]',
        None,
        "007",
    )
    assert shapely.from_wkb(row["_geometry"]).coords[0] == (107.5, 35.25)


def test_geojson_keeps_every_feature(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.geojson",
        collection(
            feature(POINT, id=1),
            feature(None, id=1),
            feature({"type": "Polygon", "coordinates": []}),
            feature({"type": "LineString", "coordinates": [[0, 0, 9], [1, 1]]}),
            feature({"type": "Point", "coordinates": ["a", 1]}),
            "no feature",
        ),
    )
    table = read_vector(path, "a.geojson", None)[0]
    rows = [row for batch in table.batches for row in batch.to_pylist()]
    assert [row["_row"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["_geometry"] is not None for row in rows] == [True, False, False, True, False, False]
    assert [row["_fault"] for row in rows] == [
        None,
        None,
        None,
        None,
        "unreadable_geometry",
        "unreadable_feature",
    ]
    assert any("id" in str(note.text) for note in table.notes)


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::3857", "EPSG:3857"),
        ("EPSG:4490", "EPSG:4490"),
        ("urn:ogc:def:crs:EPSG:9.6:4547", "EPSG:4547"),
        ("somewhere", None),
    ],
)
def test_geojson_crs_member_is_honoured(tmp_path: Path, crs: str, expected: str | None) -> None:
    member = {"type": "name", "properties": {"name": crs}}
    features = collection(feature(POINT))
    path = written(tmp_path / "a.geojson", {**features, "crs": member})
    assert read_vector(path, "a.geojson", None)[0].crs == expected


def test_geojson_one_a_line_keeps_the_broken_line(tmp_path: Path) -> None:
    lines = [json.dumps(feature(POINT, properties={"n": n})) for n in (1, 2)]
    path = written(tmp_path / "a.geojsonl", "\n".join([lines[0], '{"type": "Fea', lines[1]]))
    assert [(row["n"], row["_fault"]) for row in rows_of(path)] == [
        ("1", None),
        (None, "unreadable_feature"),
        ("2", None),
    ]


def test_geojson_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(
        json.dumps(collection(feature(POINT, properties={"名": "驿站"})), ensure_ascii=False).encode("gbk")
    )
    assert rows_of(path)[0]["名"] == "驿站"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"type":"FeatureCollection","features":[',
        '{"type":"FeatureCollection","features":[' + '{"a":' * 100_000,
        '{"type":"Nothing"}',
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"
        "</OGRVRTDataSource>",
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}',
        "/vsicurl/http://example.invalid/a.geojson",
    ],
)
def test_hostile_text_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(Refusal):
        rows_of(written(tmp_path / "a.geojson", content))


def test_names_that_a_database_would_confuse(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.geojson",
        collection(feature(POINT, properties={"Name": 1, "NAME": 2, "_row": 3, "": 4})),
    )
    table = read_vector(path, "a.geojson", None)[0]
    assert table.columns == ["Name", "NAME_2", "_row_2", "column_4"]
    assert len(table.notes) == 3


def test_half_a_character_becomes_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", '{"type":"Feature","geometry":null,"properties":{"n":"\\ud800"}}')
    assert rows_of(path)[0]["_fault"] == "unreadable_bytes"


def test_topojson_puts_arcs_together(tmp_path: Path) -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [100, 30]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
        "objects": {
            "乡镇": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"n": ID_OF_19_DIGITS}},
                    {"type": "Polygon", "arcs": [[7]], "properties": {"n": 2}},
                    {"type": None, "properties": {"n": 3}},
                ],
            }
        },
    }
    rows = rows_of(written(tmp_path / "a.json", topology), "乡镇")
    assert [row["n"] for row in rows] == [str(ID_OF_19_DIGITS), "2", "3"]
    assert [row["_fault"] for row in rows] == [None, "unreadable_geometry", None]
    assert shapely.from_wkb(rows[0]["_geometry"]).equals(shapely.box(100, 30, 101, 31))


def frame() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"名称": ["甲", "乙"], "编号": [ID_OF_19_DIGITS, 2], "x": [0.1, None], "是": [True, False]},
        geometry=[shapely.Point(1, 2, 3), None],
        crs=4490,
    )


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet"])
def test_binary_formats_keep_values_and_crs(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"驿站.{ending}"
    frame().to_parquet(path) if ending == "parquet" else ogr().write_dataframe(frame(), path, SPATIAL_INDEX="NO")
    table = read_vector(path, path.name, None)[0]
    rows = sorted(
        (row for batch in table.batches for row in batch.to_pylist()),
        key=lambda row: row["名称"],
        reverse=True,
    )
    assert [(row["名称"], row["编号"], row["x"], row["是"]) for row in rows] == [
        ("甲", str(ID_OF_19_DIGITS), "0.1", "true"),
        ("乙", "2", None, "false"),
    ]
    assert rows[0]["_geometry"] == shapely.to_wkb(shapely.Point(1, 2))
    assert rows[1]["_geometry"] is None
    assert table.crs == "EPSG:4490"
    assert any("Heights" in note.text for note in table.notes)


def test_geopackage_reads_hidden_tables_but_runs_no_query(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    ogr().write_dataframe(frame(), path, layer="层")
    with sqlite3.connect(path) as database:
        database.execute("create table 附表 (编号 text)")
        database.execute("insert into 附表 values ('007')")
        database.execute(
            "create view 无尽 as with recursive c(x) as (select 1 union all select x + 1 from c) select x from c"
        )
    database.close()
    tables = read_vector(path, "a.gpkg", None)
    assert [(table.sheet, table.has_geometry) for table in tables] == [("层", True), ("附表", False)]
    assert rows_of(path, "附表") == [{"_row": 1, "_fault": None, "编号": "007"}]
    assert any("query" in note.text for note in tables[0].notes)
    with pytest.raises(Refusal, match="附表"):
        read_vector(path, "a.gpkg", "没有")


def test_geopackage_with_rows_still_to_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    ogr().write_dataframe(frame(), path)
    (tmp_path / "a.gpkg-wal").write_bytes(b"rows")
    with pytest.raises(Refusal):
        read_vector(path, "a.gpkg", None)


def test_deeply_nested_shape_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    nested = struct.pack("<BII", 1, 7, 1) * 200_000 + struct.pack("<BIdd", 1, 1, 1.0, 2.0)
    path = tmp_path / "a.parquet"
    geo = {"version": "1.1.0", "primary_column": "g", "columns": {"g": {"encoding": "WKB"}}}
    schema = pa.schema([("g", pa.binary())], metadata={"geo": json.dumps(geo)})
    pq.write_table(pa.table({"g": [nested]}, schema=schema), path)
    row = rows_of(path)[0]
    assert (row["_fault"], row["_geometry"]) == ("unreadable_geometry", None)


def test_plain_parquet_has_no_shape(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": pa.array([2**63 - 1]), "x": pa.array([0.1], pa.float32()), "l": [[1, 2]]}), path)
    table = read_vector(path, "a.parquet", None)[0]
    assert not table.has_geometry
    assert rows_of(path) == [{"_row": 1, "_fault": None, "id": str(2**63 - 1), "x": "0.1", "l": "[1, 2]"}]


@pytest.mark.parametrize("rows", [40_000_000])
def test_parquet_that_unpacks_without_end_is_refused(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": np.zeros(rows, dtype=np.int8)}), path, compression="zstd")
    assert path.stat().st_size < 400_000
    with pytest.raises(Refusal):
        read_vector(path, "a.parquet", None)


def test_real_township_topology() -> None:
    path = SHARED / "boundaries" / "taiwan_towns.topojson"
    if not path.exists():
        pytest.skip("the shared data folder is not beside this checkout")
    rows = rows_of(path, "towns")
    assert len(rows) == 368
    assert all(row["_geometry"] for row in rows)


def test_real_county_boundaries() -> None:
    folder = SHARED / "boundaries" / "pingliang_gcj02_geojson"
    if not folder.exists():
        pytest.skip("the shared data folder is not beside this checkout")
    names = {row["name"] for one in sorted(folder.iterdir()) for row in rows_of(one)}
    assert "泾川县" in names
    assert len(names) == 7
