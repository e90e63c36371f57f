from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.datum import Datum, from_wgs84
from etl.datum_evidence import CANDIDATES, TELLING_NEEDED, Evidence, Sample, find_datum
from etl.divisions import counties_of, find_division
from wording import Message, current_language, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.datum import Degrees
    from etl.datum_finding import DatumFinding

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the public data beside the checkout are absent")
every_datum = pytest.mark.parametrize("datum", CANDIDATES)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = current_language()
    use_language("en")
    yield
    use_language(before)


@cache
def pingliang() -> dict[str, Any]:
    return {county.name: county.outline for county in counties_of(find_division("平凉市"))}


@cache
def shanghai() -> dict[str, Any]:
    return {county.name: county.outline for county in counties_of(find_division("上海市"))}


@cache
def places_in_pingliang() -> tuple[Degrees, Degrees, tuple[str, ...]]:
    """Fifteen thousand places, each in the county that it names."""
    dice = np.random.default_rng(7)
    lon, lat = dice.uniform(105.3, 107.8, 36_000), dice.uniform(34.9, 35.9, 36_000)
    names = np.full(len(lon), "", dtype=object)
    for name, outline in pingliang().items():
        names[shapely.contains_xy(outline, lon, lat)] = name
    inside = np.flatnonzero(names != "")[:15_000]
    return lon[inside], lat[inside], tuple(names[inside])


@cache
def streets() -> tuple[Any, Degrees, Degrees]:
    """Streets every 400 to 700 m around 泾川, and points upon them that stray by a few metres."""
    dice = np.random.default_rng(11)
    west, east = (
        107.3 + np.cumsum(dice.uniform(0.005, 0.008, 30)),
        35.3 + np.cumsum(dice.uniform(0.004, 0.007, 30)),
    )
    roads = [shapely.LineString([(lon, 35.3), (lon, 35.5)]) for lon in west]
    roads += [shapely.LineString([(107.3, lat), (107.5, lat)]) for lat in east]
    chosen = np.array(roads)[dice.integers(0, 60, 1500)]
    on_road = shapely.line_interpolate_point(chosen, dice.random(1500), normalized=True)
    lon, lat = shapely.get_coordinates(on_road).T + dice.normal(0, 4e-5, (2, 1500))
    return np.array(roads), lon, lat


def written_as(datum: Datum, geometries: Any) -> Any:
    def move(lon: Any, lat: Any) -> tuple[Degrees, Degrees]:
        return from_wgs84(lon, lat, datum)

    return shapely.transform(geometries, move, interleaved=False)  # type: ignore[arg-type]


def mixed(lon: Degrees, lat: Degrees, first: Datum, second: Datum) -> tuple[Degrees, Degrees]:
    """Every third row in the second datum."""
    one, other = from_wgs84(lon, lat, first), from_wgs84(lon, lat, second)
    third = np.arange(len(lon)) % 3 == 0
    return np.where(third, other[0], one[0]), np.where(third, other[1], one[1])


def asks_for_a_datum(found: DatumFinding) -> bool:
    return found.datum is None and 'datum = "gcj02"' in str(found.message) and "sources.toml" in str(found.message)


@every_datum
def test_named_districts_tell(datum: Datum) -> None:
    lon, lat, names = places_in_pingliang()
    found = find_datum(Sample(*from_wgs84(lon, lat, datum), districts=names), Evidence(districts=pingliang()))
    assert (found.datum, found.method, found.reason) == (datum, "named_districts", "firm")
    assert found.scores[datum] > 0.999
    best, second, _ = sorted(found.scores.values(), reverse=True)
    assert found.margin == pytest.approx(best - second)
    assert found.telling >= TELLING_NEEDED
    assert str(found.message).startswith(f"The coordinates are {datum.label}: 100.0 % of {found.samples} points lie")


@every_datum
def test_roads_tell_where_points_stand_on_them(datum: Datum) -> None:
    roads, lon, lat = streets()
    found = find_datum(Sample(*from_wgs84(lon, lat, datum)), Evidence(roads=roads))
    assert (found.datum, found.method) == (datum, "near_roads")
    assert found.scores[datum] < 5
    assert found.margin > 30
    assert " m of a road, against " in str(found.message)


@every_datum
def test_the_boundary_tells_for_points_near_it(datum: Datum) -> None:
    outline = pingliang()["泾川县"]
    inner_edge = shapely.boundary(shapely.buffer(outline, -0.0025))
    along = shapely.line_interpolate_point(inner_edge, np.linspace(0, 1, 600), normalized=True)
    lon, lat = shapely.get_coordinates(along).T
    found = find_datum(Sample(*from_wgs84(lon, lat, datum)), Evidence(boundary=outline))
    assert (found.datum, found.method) == (datum, "inside_boundary")


def test_the_boundary_tells_nothing_for_points_deep_inside() -> None:
    lon, lat = np.random.default_rng(3).uniform([[107.3], [35.3]], [[107.4], [35.36]], (2, 500))
    found = find_datum(Sample(lon, lat), Evidence(boundary=pingliang()["泾川县"]))
    assert asks_for_a_datum(found)
    assert found.reason == "few"


@every_datum
def test_areas_tell_by_the_outline_they_cover(datum: Datum) -> None:
    areas = written_as(datum, shapely.segmentize(list(pingliang().values()), 0.002))
    found = find_datum(Sample.of_geometries(areas), Evidence(boundary=find_division("平凉市").outline))
    assert (found.datum, found.method) == (datum, "boundary_overlap")


def test_areas_of_two_datums_are_thin() -> None:
    counties = shapely.segmentize(list(pingliang().values()), 0.002)
    moved = written_as(Datum.BD09, counties)
    half = np.where(np.arange(len(counties)) % 2 == 0, counties, moved)
    found = find_datum(Sample.of_geometries(half), Evidence(boundary=find_division("平凉市").outline))
    assert asks_for_a_datum(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Datum.WGS84, Datum.GCJ02),
        (Datum.GCJ02, Datum.WGS84),
        (Datum.GCJ02, Datum.BD09),
        (Datum.BD09, Datum.WGS84),
    ],
)
def test_two_datums_in_one_file_are_thin_and_said_so(first: Datum, second: Datum) -> None:
    lon, lat, names = places_in_pingliang()
    written = mixed(lon, lat, first, second)
    found = find_datum(Sample(*written, districts=names), Evidence(districts=pingliang()))
    assert asks_for_a_datum(found)
    assert "may mix two systems" in str(found.message)
    roads, on_lon, on_lat = streets()
    assert asks_for_a_datum(find_datum(Sample(*mixed(on_lon, on_lat, first, second)), Evidence(roads=roads)))


def test_areas_that_are_only_a_part_of_the_place_are_thin() -> None:
    part = shapely.segmentize(pingliang()["泾川县"], 0.002)
    found = find_datum(Sample.of_geometries([part]), Evidence(boundary=find_division("平凉市").outline))
    assert asks_for_a_datum(found)
    assert found.reason == "poor"
    assert "the areas cover the outline of the place only to " in str(found.message)


def test_points_that_name_the_wrong_district_are_thin() -> None:
    lon, lat, names = places_in_pingliang()
    found = find_datum(Sample(lon, lat, districts=names[::-1]), Evidence(districts=pingliang()))
    assert asks_for_a_datum(found)
    assert found.reason == "poor"
    assert "points fit the map" in str(found.message)


def test_points_away_from_the_road_are_thin() -> None:
    """Buildings 50 m back from a road: a wrong reading could look nearer than the true one."""
    roads, lon, lat = streets()
    found = find_datum(Sample(lon + 0.0006, lat + 0.0006), Evidence(roads=roads))
    assert asks_for_a_datum(found)
    assert found.reason == "poor"
    assert " m from any road" in str(found.message)


def test_evidence_that_disagrees_is_thin() -> None:
    """Roads in GCJ-02, passed off as WGS-84, against districts that tell the truth."""
    lon, lat, names = places_in_pingliang()
    moved = from_wgs84(lon, lat, "gcj02")
    roads = [shapely.LineString([(x, y), (x + 1e-5, y)]) for x, y in zip(*moved, strict=True)]
    found = find_datum(Sample(*moved, districts=names), Evidence(districts=pingliang(), roads=roads))
    assert asks_for_a_datum(found)
    assert found.reason == "disagree"
    assert "GCJ-02" in str(found.message)
    assert "WGS-84" in str(found.message)


def test_a_truck_that_stands_still_does_not_outvote_the_rest() -> None:
    roads, lon, lat = streets()
    one_place = Sample(np.full(5000, lon[0]), np.full(5000, lat[0]))
    assert find_datum(one_place, Evidence(roads=roads)).reason == "few"


@pytest.mark.parametrize(
    "sample",
    [
        Sample([], [], []),
        Sample([np.nan] * 50, [35.0] * 50, ["泾川县"] * 50),
        Sample([500_000.0] * 50, [3_900_000.0] * 50, ["泾川县"] * 50),
        Sample([107.4] * 50, [35.3] * 50, [None] * 50),
        Sample(np.linspace(30, 36, 200), np.linspace(80, 85, 200)),
        Sample.of_geometries([shapely.Polygon(), None, shapely.box(5e5, 3e6, 6e5, 4e6)]),
    ],
)
def test_what_says_nothing_is_thin(sample: Sample) -> None:
    roads, *_ = streets()
    boundary = pingliang()["泾川县"]
    assert asks_for_a_datum(find_datum(sample, Evidence(districts=pingliang(), roads=roads, boundary=boundary)))


def test_without_evidence_there_is_no_finding() -> None:
    found = find_datum(Sample([107.4], [35.3]), Evidence())
    assert asks_for_a_datum(found)
    assert (found.method, found.samples) == (None, 0)


def test_the_sentence_survives_being_stored() -> None:
    lon, lat, names = places_in_pingliang()
    found = find_datum(Sample(lon, lat, districts=names), Evidence(districts=pingliang()))
    assert str(Message.from_json(found.message.to_json())) == str(found.message)


def as_written(table: pd.DataFrame, datum: Datum) -> tuple[Degrees, Degrees]:
    return from_wgs84(table["lon"].to_numpy(), table["lat"].to_numpy(), datum)


@needs_shared_data
@pytest.mark.parametrize("county", ["崆峒区", "泾川县", "灵台县", "崇信县", "庄浪县", "静宁县"])
def test_real_counties_in_undeclared_gcj02_are_found_out(county: str) -> None:
    drawn = json.loads((SHARED / "boundaries/pingliang_gcj02_geojson" / f"{county}.geojson").read_text("utf-8"))
    area = shapely.geometry.shape(drawn["features"][0]["geometry"])
    found = find_datum(Sample.of_geometries([area]), Evidence(boundary=pingliang()[county]))
    assert found.datum == Datum.GCJ02


@needs_shared_data
@every_datum
@pytest.mark.parametrize("noun", ["bus", "school", "hospital", "food"])
def test_real_places_of_shanghai_tell_by_their_district(noun: str, datum: Datum) -> None:
    table = pd.read_csv(SHARED / "poi" / f"shanghai_{noun}.csv")
    sample = Sample(*as_written(table, datum), districts=table["adname"].tolist())
    assert find_datum(sample, Evidence(districts=shanghai())).datum == datum


def highways(path: Path) -> list[shapely.LineString]:
    """The roads of an OpenStreetMap file, read without any of our readers."""
    tree = ET.parse(path)
    nodes = {node.get("id"): (float(node.get("lon", "")), float(node.get("lat", ""))) for node in tree.iter("node")}
    return [
        shapely.LineString([nodes[ref.get("ref")] for ref in way.iter("nd")])
        for way in tree.iter("way")
        if any(tag.get("k") == "highway" for tag in way.iter("tag")) and len(way.findall("nd")) > 1
    ]


@needs_shared_data
def test_real_bus_stops_tell_by_roads_but_real_schools_dont() -> None:
    roads = Evidence(roads=highways(SHARED / "osm" / "shanghai_center.osm"))
    stops, schools = (pd.read_csv(SHARED / "poi" / f"shanghai_{noun}.csv") for noun in ("bus", "school"))
    for datum in CANDIDATES:
        assert find_datum(Sample(*as_written(stops, datum)), roads).datum == datum
        assert asks_for_a_datum(find_datum(Sample(*as_written(schools, datum)), roads))
    two_datums = mixed(stops["lon"].to_numpy(), stops["lat"].to_numpy(), Datum.GCJ02, Datum.WGS84)
    assert asks_for_a_datum(find_datum(Sample(*two_datums), roads))
