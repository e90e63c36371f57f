# ruff: noqa: ISC004  (made-up files are easier to read in one piece)
from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from etl.reading.kml_files import read_kml
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from etl.reading.raw_table import RawTable

HEAD = '<?xml version="1.0" encoding="{}"?>'
ROOT = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>{}</Document></kml>'


def placemark(name: str, shape: str = "<Point><coordinates>107.1,35.2,3</coordinates></Point>", more: str = "") -> str:
    return f"<Placemark><name>{name}</name>{more}{shape}</Placemark>"


def tables_of(folder: Path, body: str, encoding: str = "utf-8") -> list[RawTable]:
    path = folder / "a.kml"
    path.write_bytes((HEAD.format(encoding) + ROOT.format(body)).encode(encoding))
    return read_kml(path, "a.kml")


def rows_of(table: RawTable) -> list[dict[str, Any]]:
    return [row for batch in table.batches for row in batch.to_pylist()]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_folders_texts_and_shapes(tmp_path: Path, encoding: str) -> None:
    data = (
        "<description><![CDATA[<!DOCTYPE html><b>一</b>]]></description><ExtendedData><Data name='床位'><value>08</value></Data>"
        "<SchemaData><SimpleData name='电话'>0933</SimpleData></SchemaData></ExtendedData>"
    )
    table = tables_of(tmp_path, f"<Folder><name>北塬</name>{placemark('甲', more=data)}</Folder>", encoding)[0]
    row = rows_of(table)[0]
    assert (row["folder"], row["name"], row["床位"], row["电话"]) == ("北塬", "甲", "08", "0933")
    assert row["description"] == "<!DOCTYPE html><b>一</b>"
    assert row["_geometry"] == shapely.to_wkb(shapely.Point(107.1, 35.2))
    assert (table.crs, table.datum) == ("EPSG:4326", None)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("<LineString><coordinates>0,0 1,1, 2</coordinates></LineString>", "LINESTRING (0 0, 1 1)"),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 0,9 9,9 0,0</coordinates></LinearRing>"
            "</outerBoundaryIs></Polygon>",
            "POLYGON ((0 0, 0 9, 9 9, 0 0))",
        ),
        (
            "<MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>3,4</coordinates></Point>"
            "</MultiGeometry>",
            "MULTIPOINT ((1 2), (3 4))",
        ),
        (
            "<gx:Track><gx:coord>1 2 3</gx:coord><gx:coord>2 3 4</gx:coord></gx:Track>",
            "LINESTRING (1 2, 2 3)",
        ),
        ("", None),
    ],
)
def test_shapes(tmp_path: Path, shape: str, expected: str | None) -> None:
    row = rows_of(tables_of(tmp_path, placemark("甲", shape))[0])[0]
    found = shapely.from_wkb(row["_geometry"]) if row["_geometry"] else None
    assert row["_fault"] is None
    assert (found.wkt if found else None) == expected


@pytest.mark.parametrize(
    ("written", "datum"),
    [
        ("GCJ-02", "gcj02"),
        ("GCJ02", "gcj02"),
        ("WGS84", "wgs84"),
        ("CGCS2000", "cgcs2000"),
        ("火星", None),
        ("", None),
    ],
)
def test_the_datum_that_ovital_writes(tmp_path: Path, written: str, datum: str | None) -> None:
    table = tables_of(tmp_path, placemark("甲", more=f"<OvCoordType>{written}</OvCoordType>"))[0]
    assert table.datum == datum
    assert any("coordinate type" in note.text for note in table.notes) == (written == "火星")


def test_several_datums_become_several_tables(tmp_path: Path) -> None:
    marks = [
        placemark("甲", more="<OvCoordType>GCJ-02</OvCoordType>"),
        placemark("乙"),
        placemark("丙", more="<OvCoordType>WGS84</OvCoordType>"),
    ]
    tables = tables_of(tmp_path, "".join(marks))
    assert [(table.datum, [(row["_row"], row["name"]) for row in rows_of(table)]) for table in tables] == [
        ("gcj02", [(1, "甲")]),
        (None, [(2, "乙")]),
        ("wgs84", [(3, "丙")]),
    ]


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    rows = rows_of(tables_of(tmp_path, placemark("甲", "<Point><coordinates>东经</coordinates></Point>"))[0])
    assert (rows[0]["_fault"], rows[0]["name"]) == ("unreadable_geometry", "甲")


def test_links_are_noted_and_not_followed(tmp_path: Path) -> None:
    link = "<NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink>"
    table = tables_of(tmp_path, link + placemark("甲"))[0]
    assert any("not opened" in note.text for note in table.notes)


def test_kmz(tmp_path: Path) -> None:
    path = tmp_path / "a.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", ROOT.format(placemark("甲")))
        archive.writestr("files/a.png", b"x")
    assert [row["name"] for row in rows_of(read_kml(path, "a.kmz")[0])] == ["甲"]


def test_no_placemarks(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        tables_of(tmp_path, "")
