"""Shapes that are none and files that are not what they seem: classes 43 to 59."""

from __future__ import annotations

import json
import math
import sqlite3
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import shapely
import xlsxwriter

from etl.reading.gdal_drivers import ogr
from tests.etl.bad_input.bad_file import BadFile, Writer, bad_file, by_title, text
from tests.etl.bad_input.coordinates import metres
from tests.etl.bad_input.values import features, lines, square
from tests.etl.reading.ole_writer import write_container, write_xls

HEAD = ["编号", "名称", "停车位", "经度", "纬度"]
GOOD = ["001", "甲驿站", 12, 107.36, 35.33]
NAMED = {"编码": "G1", "名称": "甲网格", "责任岗位": "网格长"}
W, S = 107.35, 35.32


def polygon(*corners: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[W + x / 100, S + y / 100] for x, y in corners]]}


def coast(corners: int) -> dict[str, Any]:
    """A round area with a ragged edge."""
    turns = [2 * math.pi * number / corners for number in range(corners)]
    radii = [0.02 + 0.001 * (number % 2) for number in range(corners)]
    ring = [
        [W + radius * math.cos(turn), S + radius * math.sin(turn)] for turn, radius in zip(turns, radii, strict=True)
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> Writer:
    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets:
            page = book.create_sheet(name)
            page.sheet_state = "hidden" if name == hidden else "visible"
            for row in rows:
                page.append(row)
        with path.open("wb") as stream:  # whatever the name's ending
            book.save(stream)

    return write


def merged_township(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["乡镇", *HEAD])
        page.merge_range(1, 0, 2, 0, "城关镇")
        page.write_row(1, 1, GOOD)
        page.write_row(2, 1, ["002", *GOOD[1:]])


def phantom_last_row(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, GOOD)
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))


def phantom_last_value(path: Path) -> None:
    phantom_last_row(path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(1_048_576, 16_384, "x")
    book.save(path)


def shapefile(*without: str, cut: str = "", keep: float = 1.0, columns: dict[str, list[Any]] | None = None) -> Writer:
    """A shapefile in GBK without some of its parts, or with one of them cut off."""

    def write(path: Path) -> None:
        frame = gpd.GeoDataFrame(
            columns or {"编码": ["G1", "G2"], "名称": ["甲网格", "乙网格"]},
            geometry=[shapely.box(W, S, W + 0.01, S + 0.01), shapely.box(W + 0.01, S, W + 0.02, S + 0.01)], crs=4490,
        )  # fmt: skip
        ogr().write_dataframe(frame, path, encoding="gbk", geometry_type="Polygon")
        for ending in (".cpg", *without):
            path.with_suffix(ending).unlink(missing_ok=True)
        if cut:
            part = path.with_suffix(cut)
            part.write_bytes(part.read_bytes()[: int(part.stat().st_size * keep)])

    return write


def cut_off(write: Writer, keep: float) -> Writer:
    def cut(path: Path) -> None:
        write(path)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])

    return cut


def geopackage(path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"名称": ["甲村", "乙村"]}, geometry=gpd.points_from_xy([107.36, 107.35], [35.33, 35.32]), crs=4326
    )
    ogr().write_dataframe(frame, path, layer="村镇")


def geopackage_with_view(path: Path) -> None:
    geopackage(path)
    with sqlite3.connect(path) as database:
        database.execute("create view 偷看 as select * from 村镇")
    database.close()


def geopackage_of_zeros(path: Path) -> None:
    geopackage(path)
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + bytes(len(raw) - 4096))


def encrypted(path: Path) -> None:
    write_container(path, {"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 5000})


def old_workbook(path: Path) -> None:
    write_xls(path, {"台账": [[str(cell) for cell in HEAD], [str(cell) for cell in GOOD]]})


FEATURE_IDS = json.loads(features((square(W, S), {"名称": "甲网格"}), (square(W + 0.01, S), {"名称": "乙网格"})))
for one in FEATURE_IDS["features"]:
    one["id"] = 7
IN_METRES = {"type": "Point", "coordinates": list(metres(4545, 107.36, 35.33))}
CRS_4545 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4545"}}
BOWTIE = polygon((0, 0), (1, 1), (1, 0), (0, 1), (0, 0))


def grids(name: str, content: str, noun: str = "grids") -> BadFile:
    return bad_file(name, noun, text(content))


BAD_SHAPES_AND_FILES = by_title(
    grids("43_null_and_empty.geojson", features((None, NAMED), ({"type": "Polygon", "coordinates": []}, NAMED), (square(W, S), NAMED))),
    grids("44_unclosed_ring.geojson", features((polygon((0, 0), (1, 0), (1, 1), (0, 1)), NAMED))),
    grids("45_bowtie.geojson", features((BOWTIE, NAMED))),
    grids("46_collapsed.geojson", features((polygon((0, 0), (1, 0), (0, 0), (0, 0)), NAMED), (polygon((0, 0), (1, 1), (2, 2), (0, 0)), NAMED))),
    grids("46_collapsed_line.geojson", features(({"type": "LineString", "coordinates": [[W, S], [W, S]]}, {"编号": "1"})), "routes"),
    grids("47_overlaps_and_gaps.geojson", features(
        (square(107.30, 35.28, 0.06), {**NAMED, "层级": "网格"}), (square(107.35, 35.28, 0.06), {**NAMED, "编码": "G2", "名称": "乙网格", "层级": "网格"}),
    )),
    grids("48_antimeridian.geojson", features(({"type": "Polygon", "coordinates": [[[-179.5, 35], [179.5, 35], [179.5, 36], [-179.5, 36], [-179.5, 35]]]}, NAMED))),
    grids("49_mixed_types_and_heights.geojson", features(
        ({"type": "Point", "coordinates": [W, S]}, NAMED), ({"type": "LineString", "coordinates": [[W, S], [W + 0.01, S]]}, NAMED),
        ({"type": "Polygon", "coordinates": [[[x, y, 1000.5] for x, y in square(W, S)["coordinates"][0]]]}, NAMED),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [W, S]}, square(W + 0.01, S)]}, {**NAMED, "编码": "G2"}),
    )),
    grids("50_huge_polygon.geojson", features((coast(60_000), NAMED))),
    bad_file("51_without_prj.shp", "grids", shapefile(".prj")),
    bad_file("51_without_cpg.shp", "grids", shapefile()),
    bad_file("51_without_shx.shp", "grids", shapefile(".shx")),
    bad_file("51_without_dbf.shp", "grids", shapefile(".dbf")),
    bad_file("51_without_shp.dbf", "grids", lambda path: shapefile(".shp")(path.with_suffix(".shp"))),
    bad_file("52_truncated_shapefile.shp", "grids", shapefile(cut=".shp", keep=0.7)),
    bad_file("52_truncated_dbf.shp", "grids", shapefile(cut=".dbf", keep=0.9)),
    bad_file("52_truncated_workbook.xlsx", "stations", cut_off(workbook(("台账", [HEAD, GOOD])), 0.6)),
    bad_file("52_truncated_geojson.geojson", "grids", text(features((square(W, S), NAMED))[:-20])),
    bad_file("52_truncated_geopackage.gpkg", "places", cut_off(geopackage, 0.5)),
    bad_file("52_half_zeros.gpkg", "places", geopackage_of_zeros),
    bad_file(
        "53_ten_byte_names.shp", "grids",
        shapefile(columns={"网格编码号": ["G1", "G2"], "责任网格名": ["甲网格", "乙网格"]}), columns={"name": "责任网格名", "grid_id": "网格编码号"},
    ),
    bad_file("54_hidden_sheet.xlsx", "stations", workbook(("台账", [HEAD, GOOD]), ("旧台账", [HEAD, ["009", *GOOD[1:]]]), hidden="旧台账")),
    bad_file("54_hidden_layer.gpkg", "places", geopackage_with_view),
    bad_file("55_merged_cells.xlsx", "stations", merged_township),
    bad_file("56_formula_without_value.xlsx", "stations", workbook(("台账", [HEAD, ["1", "甲驿站", "=6*2", 107.36, 35.33], ["2", "乙驿站", 3, 107.35, 35.32]]))),
    bad_file("57_phantom_last_row.xlsx", "stations", phantom_last_row),
    bad_file("57_phantom_last_value.xlsx", "stations", phantom_last_value),
    bad_file("58_encrypted.xlsx", "stations", encrypted),
    bad_file("58_web_page.xls", "stations", text("<html><table><tr><td>编号</td></tr></table></html>")),
    bad_file("58_workbook_named_csv.csv", "stations", workbook(("台账", [HEAD, GOOD]))),
    bad_file("58_old_workbook_named_xlsx.xlsx", "stations", old_workbook),
    bad_file("58_workbook_named_xls.xls", "stations", workbook(("台账", [HEAD, GOOD]))),
    bad_file("58_csv_named_xls.xls", "stations", text(lines(",".join(HEAD), ",".join(map(str, GOOD))))),
    bad_file("59_crs_member.geojson", "places", text(features((IN_METRES, {"名称": "甲村"}), crs=CRS_4545))),
    bad_file("59_unknown_crs_member.geojson", "places", text(features((IN_METRES, {"名称": "甲村"}), crs={"type": "name", "properties": {"name": "本地坐标"}}))),
    bad_file("59_duplicate_feature_ids.geojson", "grids", text(json.dumps(FEATURE_IDS, ensure_ascii=False))),
)  # fmt: skip
