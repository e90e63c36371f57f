"""Roads as offices, map programs and OpenStreetMap write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from etl.headings import match_headings
from etl.sources import NOUNS
from tests.etl.small_place import SmallPlace, reasons

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

COURSE = [[107.31, 35.33], [107.36, 35.325]]


def built(folder: Path, *roads: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Each row is one feature, numbered from 1."""
    place = SmallPlace(folder)
    features = [
        {"type": "Feature", "properties": {"编号": str(number), **road},
         "geometry": {"type": "LineString", "coordinates": COURSE}}
        for number, road in enumerate(roads, start=1)
    ]  # fmt: skip
    written = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (place.folder / "files" / "roads.geojson").write_text(written, "utf-8")
    _, snapshot = place.add("routes", "roads.geojson").build()
    return snapshot


def column(snapshot: duckdb.DuckDBPyConnection, name: str) -> list[Any]:
    return [value for (value,) in snapshot.execute(f"select {name} from routes order by row_number").fetchall()]


def test_where_trucks_may_drive(tmp_path: Path) -> None:
    snapshot = built(
        tmp_path / "place", {"货车通行": "是"}, {"货车通行": "禁行"}, {"货车通行": "不允许"}, {"货车通行": "未知"}
    )
    assert column(snapshot, "is_truck_allowed") == [True, False, False, None]


@pytest.mark.parametrize("heading", ["货车禁行", "是否货车禁行", "限行", "货车限行", "禁止货车"])
def test_a_heading_that_says_the_contrary_is_not_taken(heading: str) -> None:
    found = match_headings(NOUNS["routes"], {}, ["编号", heading], "roads.csv")
    assert "is_truck_allowed" not in found.by_column
    assert found.unused == (heading,)


def test_layers_of_crossing_roads(tmp_path: Path) -> None:
    snapshot = built(tmp_path / "place", {"立体层级": "1"}, {"立体层级": -2}, {"立体层级": ""}, {"立体层级": "12"})
    assert column(snapshot, "layer") == [1, -2, None]
    assert reasons(snapshot) == [(4, "layer_within_reason", "layer")]


def test_the_layer_that_a_map_program_writes_is_no_height(tmp_path: Path) -> None:
    snapshot = built(tmp_path / "place", {"layer": "国道"}, {"layer": "道路_2024"}, {"layer": "1"})
    assert column(snapshot, "layer") == [None, None, 1]
    assert reasons(snapshot) == []


def test_a_speed_limit_of_0_is_none_known(tmp_path: Path) -> None:
    snapshot = built(tmp_path / "place", {"限速": "0"}, {"限速": 0}, {"限速": "60"}, {"限速": "-5"}, {"限速": "很快"})
    assert column(snapshot, "speed_km_per_h") == [None, None, 60.0]
    assert reasons(snapshot) == [(4, "speed_within_reason", "speed_km_per_h"), (5, "unreadable", "speed_km_per_h")]


def test_classes_of_openstreetmap_have_words(tmp_path: Path) -> None:
    tags = ("motorway", "motorway_link", "tertiary", "residential", "living_street", "road", "service", "raceway")
    snapshot = built(tmp_path / "place", *({"highway": tag} for tag in tags))
    assert column(snapshot, "class") == [
        "expressway", "ramp", "fourth", "street", "street", "unclassified", "service", "raceway",
    ]  # fmt: skip


def test_the_roads_of_chengdu_as_a_plain_table(public_data: Path, tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    place._manifest = place._manifest.replace('boundary = "files/outline.geojson"', 'county = "成都市"')
    (place.folder / "files" / "roads.csv").write_bytes((public_data / "osm" / "chengdu_roads.csv").read_bytes())
    result, snapshot = place.add("routes", "roads.csv").build()
    assert result.refusals == {}
    read, kept = snapshot.execute("select read_rows, kept_rows from origins").fetchone() or (0, 0)
    assert read == 6_195
    assert kept > 6_000
