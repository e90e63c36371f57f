from __future__ import annotations

import gzip
import sqlite3
import struct
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.reading.sniffing import REFUSED_KINDS, FileKind, refuse_unreadable, sniff, sniff_packed
from tests.etl.reading.ods_writer import row, text_cell, write_ods
from tests.etl.reading.ole_writer import write_container, write_xls
from wording import Refusal

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def kind_of(tmp_path: Path, content: bytes | str) -> FileKind:
    path = tmp_path / "misleading.shp"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sniff(path)


TEXTS: list[tuple[bytes | str, FileKind]] = [
    (b"", FileKind.EMPTY),
    ("名称,经度\n甲,1\n", FileKind.DELIMITED_TEXT),
    ("名称,经度\n甲,1\n".encode("gb18030"), FileKind.DELIMITED_TEXT),
    ("名称,经度\n甲,1\n".encode("utf-16"), FileKind.DELIMITED_TEXT),
    ("名称,经度\n甲,1\n".encode("utf-16-le"), FileKind.DELIMITED_TEXT),
    ("\ufeff名称\n甲\0\n", FileKind.DELIMITED_TEXT),
    ("[备注],x\n1,2\n", FileKind.DELIMITED_TEXT),
    ('{"type":"FeatureCollection","features":[]}', FileKind.GEOJSON),
    ('\ufeff{"name":"x","crs":{"type":"name"},"type": "FeatureCollection","features":[]}', FileKind.GEOJSON),
    ('{"type":"Feature","geometry":null}\n{"type":"Feature","geometry":null}\n', FileKind.GEOJSON_SEQUENCE),
    ('\x1e{"type":"Feature"}\n', FileKind.GEOJSON_SEQUENCE),
    ('{"type":"Topology","objects":{}}', FileKind.TOPOJSON),
    ('[{"a":1}]', FileKind.JSON),
    ('{"a":1}', FileKind.JSON),
    ('<?xml version="1.0"?>\n<!-- x --><kml xmlns="k">', FileKind.KML),
    ('<?xml version="1.0"?><kml:kml xmlns:kml="k">', FileKind.KML),
    ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><kml>', FileKind.KML),
    ("<gpx version='1.1'>", FileKind.GPX),
    ('<?xml version="1.0"?><osm version="0.6">', FileKind.OSM_XML),
    ("<OGRVRTDataSource><OGRVRTLayer/>", FileKind.GDAL_XML),
    ("<VRTDataset>", FileKind.GDAL_XML),
    ("<GDAL_WMS>", FileKind.GDAL_XML),
    ("<!DOCTYPE html><html><table>", FileKind.HTML),
    ("<meta charset=gbk>\n<table border=1><tr><td>名称", FileKind.HTML),
    ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', FileKind.XML_WORKBOOK),
    ("<rss>", FileKind.XML),
    (b"\x00\x00\x00\x0a\x0aOSMHeader", FileKind.OSM_PBF),
    (struct.pack(">i", 9994) + bytes(96), FileKind.SHAPEFILE),
    (b"fgb\x03fgb\x00rest", FileKind.FLATGEOBUF),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), FileKind.BINARY),
]


@pytest.mark.parametrize(("content", "kind"), TEXTS)
def test_content_tells_the_kind(tmp_path: Path, content: bytes | str, kind: FileKind) -> None:
    assert kind_of(tmp_path, content) == kind


def test_workbooks(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.csv")
    write_ods(tmp_path / "b.csv", {"s": row(text_cell("x"))})
    write_xls(tmp_path / "c.csv", {"s": [["x"]]})
    write_container(tmp_path / "d.xlsx", {"EncryptionInfo": b"", "EncryptedPackage": b""})
    write_container(tmp_path / "e.xls", {"WordDocument": b""})
    kinds = [sniff(tmp_path / name) for name in ("a.csv", "b.csv", "c.csv", "d.xlsx", "e.xls")]
    assert kinds == [FileKind.XLSX, FileKind.ODS, FileKind.XLS, FileKind.ENCRYPTED_WORKBOOK, FileKind.OLE]


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["路网/roads.SHP", "路网/roads.dbf"], FileKind.SHAPEFILE_ZIP),
        (["doc.kml"], FileKind.KMZ),
        (["a.csv"], FileKind.ZIP),
        (["xl/workbook.bin", "[Content_Types].xml"], FileKind.XLSB),
    ],
)
def test_zips_by_what_they_list(tmp_path: Path, names: list[str], kind: FileKind) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    assert sniff(tmp_path / "a") == kind


def test_a_cut_zip_is_still_a_zip(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"PK\x03\x04" + bytes(50)) == FileKind.ZIP


def test_databases_and_columns(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "a")
    database.execute("create table t (x)")
    database.commit()
    database.close()
    pq.write_table(pa.table({"x": [1]}), tmp_path / "b")
    assert [sniff(tmp_path / "a"), sniff(tmp_path / "b")] == [FileKind.SQLITE, FileKind.PARQUET]


def test_inside_a_gzip(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress("名称,经度\n".encode()))
    assert sniff(tmp_path / "a") == FileKind.GZIP
    assert sniff_packed(tmp_path / "a") == FileKind.DELIMITED_TEXT


@pytest.mark.parametrize("kind", sorted(REFUSED_KINDS))
def test_refused_kinds_name_the_file(kind: FileKind) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_unreadable(kind, "台账.xls")
    assert "台账.xls" in str(refused.value)


def test_kinds_that_are_read_pass() -> None:
    for kind in set(FileKind) - set(REFUSED_KINDS):
        refuse_unreadable(kind, "x")


EXPECTED = {
    ".csv": FileKind.DELIMITED_TEXT,
    ".shp": FileKind.SHAPEFILE,
    ".dbf": FileKind.DBF,
    ".gpkg": FileKind.GEOPACKAGE,
    ".osm": FileKind.OSM_XML,
    ".pbf": FileKind.OSM_PBF,
    ".gz": FileKind.GZIP,
    ".topojson": FileKind.TOPOJSON,
}


@pytest.mark.skipif(not SHARED.exists(), reason="the collection of files met in the wild lies beside the checkout only")
def test_files_met_in_the_wild() -> None:
    found = {path: sniff(path) for path in sorted(SHARED.rglob("*")) if path.suffix in EXPECTED}
    wrong = {path.name: kind for path, kind in found.items() if kind != EXPECTED[path.suffix]}
    assert len(found) > 20
    assert wrong == {}
