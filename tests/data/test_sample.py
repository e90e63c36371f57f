"""The example place: always the same, of the promised size, and as dirty as its list says."""

from __future__ import annotations

import csv
import json
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from data.sample.ground import lengths_m
from data.sample.make import make_sample
from data.sample.scale import SCALES
from etl.datum import to_wgs84
from etl.divisions import find_division

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FILES = SAMPLE / "files"
TRACKS = sorted((FILES / "轨迹").glob("*.parquet"))
MB = 1_000_000


def test_two_runs_give_the_same_files(tmp_path: Path) -> None:
    for run in ("one", "two"):
        make_sample(SCALES["county"], tmp_path / run, pings=15_000)
    ones = sorted(path for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(ones) == 15
    for one in ones:
        two = tmp_path / "two" / one.relative_to(tmp_path / "one")
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.slow
def test_the_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    make_sample(SCALES["county"], tmp_path)
    for name in ("dirt.csv", "sources.toml"):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes()
    for made in sorted(path for path in (tmp_path / "files").rglob("*") if path.is_file()):
        committed = FILES / made.relative_to(tmp_path / "files")
        assert content(made) == content(committed), made.name


def test_the_files_are_small_enough_to_commit() -> None:
    sizes = [path.stat().st_size for path in FILES.rglob("*") if path.is_file()]
    assert sum(sizes) < 8 * MB
    assert max(sizes) < 5 * MB


def test_every_source_names_a_file_that_is_there() -> None:
    manifest = tomllib.loads((SAMPLE / "sources.toml").read_text("utf-8"))
    assert manifest["place"]["made_up"] is True
    nouns = [source["noun"] for source in manifest["source"]]
    assert len(nouns) == len(set(nouns)) == 12
    for source in manifest["source"]:
        assert list(SAMPLE.glob(source["files"])), source["files"]
        assert "虚构" in source["publisher"]


def test_each_bad_row_is_where_the_list_says() -> None:
    with (SAMPLE / "dirt.csv").open(encoding="utf-8") as lines:
        dirt = list(csv.DictReader(lines))
    assert len({one["kind"] for one in dirt}) >= 12
    assert {one["expected"] for one in dirt} == {"kept", "repaired", "rejected"}
    for one in dirt:
        row = row_of(SAMPLE / one["file"], int(one["row"]))
        assert one["id"] in row.values(), one
        if one["column"] in row and one["written"]:
            assert str(row[one["column"]]).startswith(one["written"]), one
        elif one["column"] in row:
            assert row[one["column"]] in ("", None) or pd.isna(row[one["column"]]), one


def test_the_two_polygons_are_as_broken_as_the_list_says() -> None:
    grids = read_grids()
    invalid = grids[~grids.is_valid].set_index("编码").geometry
    assert invalid.loc["JCG901"].area == 0
    assert len(invalid) == 2
    assert shapely.make_valid(invalid.drop("JCG901").iloc[0]).area > 1e-4


def test_the_grids_are_a_tree_of_four_levels() -> None:
    grids = read_grids()
    assert Counter(grids["层级"]) >= Counter({"县": 1, "片区": 3, "乡镇": 14, "网格": 42})
    orphans = grids[~grids["上级编码"].isin(grids["编码"]) & grids["上级编码"].notna()]
    assert orphans["编码"].tolist() == ["JCG902"]
    assert grids["责任岗位"].isna().sum() == 1
    assert (grids["司机数"] == "*").any()
    county = grids[grids["层级"] == "县"].geometry.iloc[0]
    outline = find_division("620821").outline
    assert county.symmetric_difference(outline).area / outline.area < 1e-3


def test_the_grids_have_one_hole_and_one_overlap() -> None:
    grids = read_grids()
    lowest = grids[(grids["层级"] == "网格") & ~grids["编码"].str.startswith("JCG")]
    lands = lowest.geometry.make_valid()
    covered = lands.union_all()
    county = grids[grids["层级"] == "县"].geometry.iloc[0]
    assert county.difference(covered).area > 3e-5
    assert sum(shapely.area(lands.to_numpy())) - covered.area > 1e-5


def test_the_grids_names_are_gbk_and_nothing_says_so() -> None:
    with zipfile.ZipFile(FILES / "责任网格.zip") as packed:
        assert {Path(name).suffix for name in packed.namelist()} == {".shp", ".shx", ".dbf", ".prj"}
        table = packed.read("责任网格.dbf")
    assert "泾川县".encode("gbk") in table
    assert "泾川县".encode() not in table


def test_roads_hang_together() -> None:
    routes, lines = read_routes()
    lengths_km = pd.Series([lengths_m(line).sum() / 1000 for line in lines])
    assert lengths_km.between(0.9, 10).all()
    ends = Counter(tuple(end) for line in lines for end in (line[0], line[-1]))
    assert sum(count == 1 for count in ends.values()) <= 4  # the roads' own ends at the county's edge
    expressway = (routes["路线编号"] == "G70") & (routes["技术等级"] == "高速公路")
    for direction in ("上行", "下行"):
        assert lengths_km[expressway & (routes["行驶方向"] == direction)].sum() >= 500
    assert (routes["货车日均流量"] == "*").any()


def test_rivers_meet_and_follow_their_valleys() -> None:
    features = json.loads((FILES / "河流.geojson").read_text("utf-8"))["features"]
    named = {
        feature["properties"]["河流名称"]: shapely.LineString(feature["geometry"]["coordinates"])
        for feature in features
    }
    assert {"泾河", "汭河", "黑河", "洪河"} <= set(named)
    assert {feature["properties"]["河流类型"] for feature in features} == {"河流", "干渠", "沟"}
    jing = named["泾河"]
    assert jing.coords[0][0] < 106.7
    assert jing.coords[-1][0] > 108.0
    for tributary in ("汭河", "黑河", "洪河", "何家沟"):
        assert jing.distance(shapely.Point(named[tributary].coords[-1])) == 0
    for seat in ((107.362, 35.335), (107.205, 35.362), (107.480, 35.309), (107.585, 35.294)):
        assert jing.distance(shapely.Point(seat)) < 0.012
    assert all(line.is_simple for line in named.values())
    assert (FILES / "河流.geojson").stat().st_size < 60_000


def test_two_weeks_of_trucks() -> None:
    pings = pa.concat_tables([pq.read_table(path) for path in TRACKS]).to_pandas()
    pings = pings[~pings["车牌号"].str.startswith("甘L·Z999")]
    assert len(pings) >= 500_000
    assert 250 <= pings["车牌号"].nunique() <= 350
    assert pings["定位时间"].min() >= pd.Timestamp("2026-03-02")
    assert pings["定位时间"].max() < pd.Timestamp("2026-03-16")
    hazmat = pings[pings["是否危货"] == "是"]["车牌号"].nunique() / pings["车牌号"].nunique()
    assert 0.05 < hazmat < 0.12
    assert pings.duplicated().sum() > 500
    assert pings["车牌号"].str.endswith("样").all()
    at_night = pings[pings["速度"] > 0]["定位时间"].dt.hour.isin([0, 1, 2, 3, 4]).mean()
    assert 0.08 < at_night < 0.3


def test_trucks_rest_and_some_drive_too_long() -> None:
    pings = pq.read_table(TRACKS[0]).to_pandas().drop_duplicates().sort_values(["车牌号", "定位时间"])
    run = ((pings["速度"] > 0) != (pings["速度"] > 0).shift()) | (pings["车牌号"] != pings["车牌号"].shift())
    runs = pings.assign(run=run.cumsum()).groupby("run")
    lasted_h = (runs["定位时间"].max() - runs["定位时间"].min()).dt.total_seconds() / 3600
    is_driving = runs["速度"].first() > 0
    assert ((lasted_h > 1 / 3) & ~is_driving).sum() > 500
    assert (lasted_h[is_driving] > 4).sum() > 50


def test_stations_lie_beside_the_corridor_once_shifted_back() -> None:
    sheet = pd.read_excel(FILES / "驿站台账.xlsx", header=None, skiprows=4, dtype=str, engine="openpyxl")
    rows = sheet[sheet[2].str.fullmatch(r"JC-Z0\d\d", na=False)]
    assert 14 <= len(rows) <= 18
    lon, lat = to_wgs84(rows[30].astype(float), rows[31].astype(float), "gcj02")
    roads = shapely.union_all([shapely.LineString(line) for line in read_routes()[1]])
    assert shapely.distance(shapely.points(lon, lat), roads).max() < 0.001


def test_people_and_counts_of_the_other_files() -> None:
    people = gpd.read_file(FILES / "村镇.gpkg")
    assert 250_000 < people["人口数"].sum() < 300_000
    assert people["人口数"].isna().sum() >= 3
    assert 215 <= (people["类型"] == "村").sum() <= 245
    drivers = pd.read_csv(FILES / "司机台账.csv", encoding="utf-8-sig", dtype=str)
    assert len(drivers) == 902
    assert drivers["手机号"].str.fullmatch(r"142\d{8}").all()
    shops = pd.read_csv(FILES / "维修点.csv", encoding="gb18030", dtype=str)
    assert len(shops) == 222
    assert len(pd.read_excel(FILES / "诉求工单.xlsx", engine="openpyxl")) == 402


def read_grids() -> gpd.GeoDataFrame:
    return gpd.read_file(f"/vsizip/{FILES / '责任网格.zip'}", encoding="gbk")


def read_routes() -> tuple[pd.DataFrame, list[np.ndarray]]:
    features = json.loads((FILES / "货运路线.geojson").read_text("utf-8"))["features"]
    lines = [np.array(feature["geometry"]["coordinates"]) for feature in features]
    return pd.DataFrame([feature["properties"] for feature in features]), lines


def row_of(path: Path, row: int) -> dict[str, Any]:
    """One row of a file as it was written, by its heading."""
    if path.suffix == ".csv":
        text = path.read_text("gb18030" if path.stem == "维修点" else "utf-8-sig")
        lines = list(csv.reader(text.splitlines()))
        return dict(zip(lines[0], lines[row - 1], strict=True))
    if path.suffix == ".xlsx":
        return _sheet_row(path, row)
    if path.suffix == ".ovkml":
        return _placemark(path, row)
    if path.suffix == ".parquet":
        (values,) = pq.read_table(path).slice(row - 1, 1).to_pylist()
        return {"经度": f"{values.pop('经度'):g}", **values}
    frame = read_grids() if path.suffix == ".zip" else gpd.read_file(path)
    return {key: value for key, value in frame.iloc[row - 1].items() if key != "geometry"}


def _sheet_row(path: Path, row: int) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heading_row = next(number for number in range(1, 5) if sheet.cell(number, 3).value and sheet.cell(number, 4).value)
    return {
        str(sheet.cell(heading_row, column).value): sheet.cell(row, column).value
        for column in range(1, sheet.max_column + 1)
    }


def _placemark(path: Path, row: int) -> dict[str, Any]:
    tag = "{http://www.opengis.net/kml/2.2}"
    placemark = list(ET.parse(path).iter(f"{tag}Placemark"))[row - 1]
    data = {one.get("name", ""): one.findtext(f"{tag}value") for one in placemark.iter(f"{tag}Data")}
    coordinates = placemark.findtext(f"{tag}Point/{tag}coordinates")
    return {"name": placemark.findtext(f"{tag}name"), "coordinates": coordinates, **data}


def content(path: Path) -> object:
    """What a file says, apart from how this version of a library packs it."""
    if path.suffix == ".parquet":
        return pq.read_table(path).slice(0, 20_000).to_pylist(), pq.read_metadata(path).num_rows
    if path.suffix == ".xlsx":
        return {
            sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in openpyxl.load_workbook(path).worksheets
        }
    if path.suffix in (".zip", ".gpkg"):
        frame = gpd.read_file(f"/vsizip/{path}", encoding="gbk") if path.suffix == ".zip" else gpd.read_file(path)
        return frame.to_wkt().to_csv()
    return path.read_bytes()
