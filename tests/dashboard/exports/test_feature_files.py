from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import shapely

from dashboard.exports import excel_file
from dashboard.exports.feature_files import FORMS, feature_file, file_name
from dashboard.exports.provenance import sources_of
from etl.reading.gdal_drivers import ogr
from etl.reading.kml_files import read_kml
from planning.features import FILTERS, Features, features
from tests.dashboard.exports.conftest import HOSTILE
from wording import Refusal, say, use_language

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas

NOUNS = ("stations", "resources", "grids", "grid_faults", "repair_shops", "routes", "requests", "incidents", "places",
         "enterprises")  # fmt: skip
KML = "{http://www.opengis.net/kml/2.2}"


def made(rows: Features, form: str, **more: Any) -> bytes:
    return feature_file(rows, form, place_name="泾川", is_made_up=True, build_id="20261121T0", **more)


def sheets(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def geopackage(content: bytes, folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    path = folder / "a.gpkg"
    path.write_bytes(content)
    about, table = ogr().read_arrow(str(path))
    return table.to_pylist(), about


def placemarks(content: bytes) -> list[ET.Element]:
    return list(ET.fromstring(content).iter(f"{KML}Placemark"))


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_as_many_rows_in_every_form(sample: Atlas, noun: str, tmp_path: Path) -> None:
    rows = features(sample, noun)
    count = rows.table.num_rows
    placed = count - rows.table["geom"].null_count
    assert sheets(made(rows, "xlsx")).worksheets[0].max_row == count + 1
    assert len(geopackage(made(rows, "gpkg"), tmp_path)[0]) == count
    assert len(json.loads(made(rows, "geojson"))["features"]) == count
    assert len(placemarks(made(rows, "kml"))) == placed
    assert count > 0


def test_nothing_found_is_a_file_too(hostile: Atlas, tmp_path: Path) -> None:
    rows = features(hostile, "stations", {"tier": ["hazmat_station"]})
    assert sheets(made(rows, "xlsx")).worksheets[0].max_row == 1
    assert geopackage(made(rows, "gpkg"), tmp_path)[0] == []
    assert json.loads(made(rows, "geojson"))["features"] == []
    assert placemarks(made(rows, "kml")) == []


def test_rows_without_any_shape_are_a_file_too(stations: Features, tmp_path: Path) -> None:
    bare = Features(stations.noun, stations.title, stations.columns, stations.table.drop_columns(["geom", "thing_id"]))
    heads = [cell.value for cell in sheets(made(bare, "xlsx")).worksheets[0][1]]
    assert heads == [column.heading for column in bare.columns]
    assert len(geopackage(made(bare, "gpkg"), tmp_path)[0]) == len(HOSTILE)
    assert json.loads(made(bare, "geojson"))["features"][0]["geometry"] is None
    assert placemarks(made(bare, "kml")) == []


def test_the_workbook_speaks_in_words_and_counts_in_numbers(sample: Atlas) -> None:
    rows = features(sample, "stations")
    sheet = sheets(made(rows, "xlsx")).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    assert head[:6] == (say("ID"), "名称", "类型", "状态", "设施", "不详的设施")
    assert head[-2:] == ("经度 (WGS-84)", "纬度 (WGS-84)") or head[-2:] == (
        "longitude (WGS-84)",
        "latitude (WGS-84)",
    )
    table = rows.table.to_pylist()
    for line, row in zip(lines, table, strict=True):
        shown = dict(zip(head, line, strict=True))
        assert shown["停车位 (个)"] == (row["bays"] if row["bays"] is not None else rows.column("bays").shown(None))
        assert shown["类型"] == rows.column("tier").shown(row["tier"])
        spot = shapely.from_wkb(row["geom"])
        assert line[-2:] == pytest.approx((spot.x, spot.y), abs=1e-9)
        if row["opened_on"]:
            assert shown["启用日期"] == dt.datetime.combine(row["opened_on"], dt.time())
    assert any(row["bays"] is None for row in table)
    assert sum(line[6] for line in lines if not isinstance(line[6], str)) == sum(row["bays"] or 0 for row in table)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("noun", ["stations", "requests"])
def test_no_text_becomes_a_formula_or_a_link(hostile: Atlas, noun: str) -> None:
    content = made(features(hostile, noun), "xlsx")
    book = sheets(content)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert set(HOSTILE) <= texts
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if "hyperlink" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_more_rows_than_a_sheet_holds_go_on_the_next(stations: Features, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_file, "ROWS_A_SHEET", 5)
    book = sheets(made(stations, "xlsx"))
    assert [sheet.max_row - 1 for sheet in book.worksheets[:3]] == [5, 5, 2]
    names = [row[0].value for sheet in book.worksheets[:3] for row in sheet.iter_rows(min_row=2)]
    assert names == stations.table["thing_id"].to_pylist()


def test_the_last_sheet_tells_where_the_rows_come_from(sample: Atlas) -> None:
    use_language("en")
    chosen = {"tier": ["red_station"], "needs": ["shower"], "status": []}
    rows = features(sample, "stations", chosen)
    content = made(
        rows, "xlsx", filters=chosen, sources=sources_of(sample, "stations"), built_at=dt.datetime(2026, 11, 21, 9, 5)
    )
    about = {row[0]: row[1] for row in sheets(content).worksheets[-1].iter_rows(values_only=True)}
    assert about["Place"] == "泾川"
    assert about["Build"] == "20261121T0"
    assert about["Made at"] == "2026-11-21 09:05"
    assert about["Chosen by"] == "tier = red station; facilities = shower"
    assert about["Rows"] == str(rows.table.num_rows)
    assert "licence CC" in about["Source"]
    assert about["Sample data"].startswith("All of it is made up")


def test_the_geopackage_holds_codes_under_english_names_with_labels(sample: Atlas, tmp_path: Path) -> None:
    rows = features(sample, "stations")
    written, about = geopackage(made(rows, "gpkg"), tmp_path)
    assert about["crs"] == "EPSG:4326"
    assert about["geometry_type"] == "Point"
    for one, row in zip(written, rows.table.to_pylist(), strict=True):
        assert (one["id"], one["tier"], one["bays"], one["opened_on"]) == (
            row["thing_id"], row["tier"], row["bays"], row["opened_on"],
        )  # fmt: skip
        assert one["facilities"] == (None if row["facilities"] is None else ",".join(row["facilities"]))
        assert shapely.from_wkb(one["geom"]).equals(shapely.from_wkb(row["geom"]))
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        labels = dict(database.execute("select column_name, name from gpkg_data_columns where name is not null"))
        described = database.execute("select identifier, description from gpkg_contents").fetchone()
    assert labels["bays"] == "停车位 (个)"
    assert described[0] == "驿站 泾川"
    assert "20261121T0" in described[1]


def test_areas_and_lines_of_two_kinds_become_one_kind(sample: Atlas, tmp_path: Path) -> None:
    for noun in ("grids", "routes"):
        rows = features(sample, noun)
        written, about = geopackage(made(rows, "gpkg"), tmp_path)
        assert about["geometry_type"] in {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}
        for one, row in zip(written, rows.table.to_pylist(), strict=True):
            assert shapely.from_wkb(one["geom"]).equals(shapely.from_wkb(row["geom"]))


@pytest.mark.parametrize("form", ["gpkg", "geojson"])
def test_rows_without_a_position_are_kept_for_analysts(requests: Features, form: str, tmp_path: Path) -> None:
    content = made(requests, form)
    if form == "gpkg":
        shapes = [row["geom"] for row in geopackage(content, tmp_path)[0]]
    else:
        shapes = [row["geometry"] for row in json.loads(content)["features"]]
    assert [shape is None for shape in shapes] == [at % 3 == 0 for at in range(len(HOSTILE))]


def test_geojson_says_place_and_build_and_turns_rings_as_the_standard_asks(sample: Atlas) -> None:
    rows = features(sample, "grids")
    read = json.loads(made(rows, "geojson"))
    assert (read["place"], read["build"], read["is_made_up"]) == ("泾川", "20261121T0", True)
    assert read["labels"]["post"] == "责任岗位"
    for one, row in zip(read["features"], rows.table.to_pylist(), strict=True):
        assert one["id"] == one["properties"]["id"] == row["thing_id"]
        assert (one["properties"]["level"], one["properties"]["drivers"]) == (row["level"], row["drivers"])
        shape = shapely.geometry.shape(one["geometry"])
        assert shapely.hausdorff_distance(shape, shapely.from_wkb(row["geom"])) < 1e-7
        for part in shapely.get_parts(shape):
            assert shapely.is_ccw(part.exterior)


def test_hostile_texts_stay_texts_for_analysts(stations: Features, tmp_path: Path) -> None:
    assert [row["name"] for row in geopackage(made(stations, "gpkg"), tmp_path)[0]] == list(HOSTILE)
    assert [row["properties"]["name"] for row in json.loads(made(stations, "geojson"))["features"]] == list(HOSTILE)


def test_our_own_reader_reads_the_same_rows_from_the_kml(stations: Features, tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_bytes(made(stations, "kml"))
    tables = read_kml(path, "a.kml")
    assert len(tables) == 1
    read = {row[say("ID")]: row for batch in tables[0].batches for row in batch.to_pylist()}
    assert len(read) == len(HOSTILE)
    for row in stations.table.to_pylist():
        one = read[row["thing_id"]]
        assert one["name"] == row["name"]
        for column in stations.columns:
            assert one[column.heading] == column.shown(row[column.name])
        assert shapely.from_wkb(one["_geometry"]).equals_exact(shapely.from_wkb(row["geom"]), 1e-7)


def test_areas_and_lines_come_back_from_the_kml(sample: Atlas, tmp_path: Path) -> None:
    for noun in ("grids", "routes"):
        rows = features(sample, noun)
        path = tmp_path / f"{noun}.kml"
        path.write_bytes(made(rows, "kml"))
        (table,) = read_kml(path, path.name)
        shapes = {row[say("ID")]: row["_geometry"] for batch in table.batches for row in batch.to_pylist()}
        for row in rows.table.to_pylist():
            back, was = shapely.from_wkb(shapes[row["thing_id"]]), shapely.from_wkb(row["geom"])
            assert shapely.hausdorff_distance(back, was) < 1e-6


def test_the_kml_has_folders_by_kind_colours_and_no_links(stations: Features) -> None:
    content = made(stations, "kml")
    root = ET.fromstring(content)
    folders = [folder.findtext(f"{KML}name") for folder in root.iter(f"{KML}Folder")]
    assert folders == ["驿站 红色驿站", "驿站 服务站", "驿站 服务点"]
    assert root.find(f".//{KML}Style/{KML}IconStyle/{KML}color").text == "ff2e10c8"  # type: ignore[union-attr]
    styles = {style.get("id") for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl") for mark in placemarks(content)} == {f"#{name}" for name in styles}
    assert b"http" not in content.replace(b'xmlns="http://www.opengis.net/kml/2.2"', b"")
    described = [mark.findtext(f"{KML}description") or "" for mark in placemarks(content)]
    assert not [text for text in described if "<" in text]


def test_the_kml_counts_what_it_leaves_out(requests: Features) -> None:
    use_language("en")
    described = ET.fromstring(made(requests, "kml")).findtext(f"{KML}Document/{KML}description") or ""
    assert "4 rows have no position and are left out here." in described
    assert "Datum: WGS-84" in described


def test_signs_that_xml_cannot_hold_are_replaced(stations: Features) -> None:
    names = stations.table.column_names
    at = names.index("address")
    bad = stations.table.set_column(at, "address", [["a\x00b\x0c\ufffec"] * stations.table.num_rows])
    rows = Features(stations.noun, stations.title, stations.columns, bad)
    assert "a\ufffdb\ufffd\ufffdc" in (placemarks(made(rows, "kml"))[0].findtext(f"{KML}description") or "")
    assert sheets(made(rows, "xlsx")).worksheets[0].max_row == len(HOSTILE) + 1


def test_the_same_rows_make_the_same_file(stations: Features) -> None:
    moment = dt.datetime(2026, 11, 21, 9, 5)
    for form in ("xlsx", "geojson", "kml"):
        assert made(stations, form, built_at=moment) == made(stations, form, built_at=moment), form


def test_names_tell_title_place_build_and_that_data_are_made_up(stations: Features) -> None:
    names = [file_name(stations, form, place_name="泾/川:\u202e", is_made_up=True, build_id="B1") for form in FORMS]
    assert names == [f"驿站_泾 川  _示例数据_B1.{form}" for form in FORMS]
    long = file_name(stations, "kml", place_name="长" * 300, is_made_up=False, build_id="B1")
    assert long.endswith("_B1.kml")
    assert len(long) < 130


def test_an_unknown_form_is_refused(stations: Features) -> None:
    with pytest.raises(Refusal, match="exe"):
        made(stations, "exe")


def test_each_noun_with_filters_is_tested() -> None:
    assert set(NOUNS) | {"rivers"} == set(FILTERS)
