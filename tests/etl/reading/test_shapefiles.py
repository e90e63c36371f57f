from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from etl.reading.gdal_drivers import ogr
from etl.reading.shapefiles import read_shapefile
from wording import Refusal

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "dirty"
RING = [(0, 0), (0, 9), (9, 9), (9, 0)]
HOLE = [(1, 1), (2, 1), (2, 2), (1, 2)]


def shapefile(folder: Path, encoding: str = "gb18030", name: str = "驿站") -> Path:
    frame = gpd.GeoDataFrame(
        {"名称": ["红色驿站", "服务站", "服务点"], "编号": ["007", "x", None]},
        geometry=[shapely.Polygon(RING, [HOLE]), None, shapely.box(20, 20, 21, 21)],
        crs=4490,
    )
    path = folder / f"{name}.shp"
    ogr().write_dataframe(frame, path, encoding=encoding, geometry_type="Polygon")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [row for batch in read_shapefile(path, path.name)[0].batches for row in batch.to_pylist()]


def notes_of(path: Path) -> str:
    return " ".join(note.text for note in read_shapefile(path, path.name)[0].notes)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("cpg", [None, "UTF-8", "GBK", "ISO-8859-1"])
def test_the_bytes_tell_the_encoding(tmp_path: Path, encoding: str, cpg: str | None) -> None:
    path = shapefile(tmp_path, encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    rows = rows_of(path)
    assert [(row["名称"], row["编号"]) for row in rows] == [
        ("红色驿站", "007"),
        ("服务站", "x"),
        ("服务点", None),
    ]
    is_honest = cpg is None or (cpg, encoding) in {("UTF-8", "utf-8"), ("GBK", "gb18030")}
    assert ("says it is written in" in notes_of(path)) != is_honest


def test_shapes_and_gaps(tmp_path: Path) -> None:
    rows = rows_of(shapefile(tmp_path))
    assert [(row["_row"], row["_fault"], row["_geometry"] is None) for row in rows] == [
        (1, None, False),
        (2, None, True),
        (3, None, False),
    ]
    assert shapely.from_wkb(rows[0]["_geometry"]).area == 80


@pytest.mark.parametrize("ending", [".shx", ".prj"])
def test_a_missing_part_is_noted_and_nothing_is_written_beside_it(tmp_path: Path, ending: str) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(ending).unlink()
    before = sorted(tmp_path.iterdir())
    assert len(rows_of(path)) == 3
    assert ending in notes_of(path)
    assert (read_shapefile(path, "a.shp")[0].crs is None) == (ending == ".prj")
    assert sorted(tmp_path.iterdir()) == before


def test_shapes_without_columns(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".dbf").unlink()
    assert [set(row) for row in rows_of(path)] == [{"_row", "_fault", "_geometry"}] * 3


def test_columns_without_shapes_are_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.unlink()
    with pytest.raises(Refusal, match=r"\.shx"):
        read_shapefile(path.with_suffix(".dbf"), "驿站.dbf")


def test_parts_in_capital_letters(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert rows_of(path.with_suffix(".SHP"))[0]["名称"] == "红色驿站"


def test_a_cut_file_is_refused_with_its_numbers(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Refusal) as refused:
        read_shapefile(path, "驿站.shp")
    assert refused.value.message.values == {"file": "驿站.shp", "whole": 2, "records": 3}


def test_a_cut_table_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:-100])
    with pytest.raises(Refusal):
        read_shapefile(path, "驿站.shp")


def test_an_id_of_19_digits_and_a_date(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    fields = [(b"id", b"N", 19), (b"day", b"D", 8), (b"ok", b"L", 1), (b"abcdefghij", b"C", 4)]
    described = b"".join(
        name.ljust(11, b"\0") + kind + bytes(4) + bytes([width]) + bytes(15) for name, kind, width in fields
    )
    record = b" " + b"9007199254740993123" + b"20240131" + b"T" + b"ab  "
    head = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, 3, 32 + len(described) + 1, len(record))
    path.with_suffix(".dbf").write_bytes(head + described + b"\r" + record + b"*" + record[1:] + record)
    rows = rows_of(path)
    assert [row["_row"] for row in rows] == [1, 3]  # the second is marked as deleted
    assert (rows[0]["id"], rows[0]["day"], rows[0]["ok"], rows[0]["abcdefghij"]) == (
        "9007199254740993123",
        "2024-01-31",
        "true",
        "ab",
    )
    assert "ten bytes" in notes_of(path)


@pytest.mark.parametrize(
    ("file", "column", "value", "rows"),
    [
        ("chongqing_gbk_shp/区县界_area.shp", "NAME", "奉节县", 38),
        ("no_prj_shp/metroline2.shp", "city", "上海", 2),
        ("conveyal/nl-null-points.shp", "INWABP", "13067", 20),
        ("conveyal/duplicate-fields.shp", "DDDDDDDDDD_2", "AP LEI CHAU", 1),
    ],
)
def test_real_files(file: str, column: str, value: str, rows: int) -> None:
    if not (SHARED / file).exists():
        pytest.skip("the shared data folder is not beside this checkout")
    found = rows_of(SHARED / file)
    assert (len(found), found[0][column]) == (rows, value)
