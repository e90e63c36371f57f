"""Rivers as offices and OpenStreetMap write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.etl.small_place import SmallPlace, reasons, tally

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

COURSE = [[107.31, 35.33], [107.36, 35.325], [107.41, 35.33]]


def built(folder: Path, *rivers: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Each row is one feature; a `course` of its own takes the place of the usual one."""
    place = SmallPlace(folder)
    features = [
        {"type": "Feature", "geometry": river.pop("course", {"type": "LineString", "coordinates": COURSE}), "properties": river}
        for river in rivers
    ]  # fmt: skip
    written = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (place.folder / "files" / "rivers.geojson").write_text(written, "utf-8")
    _, snapshot = place.add("rivers", "rivers.geojson").build()
    return snapshot


def rivers(snapshot: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return snapshot.execute("select river_id, name, kind, width_m from rivers order by row_number").fetchall()


def test_headings_in_chinese(tmp_path: Path) -> None:
    snapshot = built(
        tmp_path / "place",
        {"河流编码": "H 01", "河流名称": "泾河", "河流类型": "江", "水面宽（米）": "70"},
        {"河流编码": "H02", "河流名称": "何家沟", "河流类型": "沟", "水面宽（米）": "不详"},
        {"河流编码": "H03", "河流名称": None, "河流类型": "水渠", "水面宽（米）": "2.5"},
    )
    assert rivers(snapshot) == [
        ("H01", "泾河", "river", 70.0),
        ("H02", "何家沟", "stream", None),
        ("H03", None, "canal", 2.5),
    ]


def test_headings_of_openstreetmap(tmp_path: Path) -> None:
    snapshot = built(
        tmp_path / "place",
        {"osm_id": 11, "name": "泾河", "waterway": "river", "width": "60 m"},
        {"osm_id": 12, "name": "百泉", "waterway": "stream", "width": ""},
        {"osm_id": 13, "name": "南干渠", "waterway": "ditch", "width": "1.2公里"},
    )
    assert rivers(snapshot) == [
        ("11", "泾河", "river", 60.0),
        ("12", "百泉", "stream", None),
        ("13", "南干渠", "canal", 1200.0),
    ]


def test_what_is_no_river_is_refused(tmp_path: Path) -> None:
    snapshot = built(
        tmp_path / "place",
        {"id": "1", "名称": "水坝", "类型": "水坝"},
        {"id": "2", "名称": "泾河", "类型": "河流", "宽度": "60000"},
        {"id": "3", "名称": "泾河", "类型": "河流", "宽度": "很宽"},
        {"id": "4", "名称": "泉", "类型": "河流", "course": {"type": "Point", "coordinates": COURSE[0]}},
    )
    assert rivers(snapshot) == []
    assert reasons(snapshot) == [
        (1, "unknown_word", "kind"),
        (2, "width_within_reason", "width_m"),
        (3, "unreadable", "width_m"),
        (4, "shape_not_line", "lon"),
    ]


def test_rivers_without_numbers_can_be_told_apart(tmp_path: Path) -> None:
    other = {"type": "LineString", "coordinates": [[107.33, 35.30], [107.36, 35.325]]}
    snapshot = built(tmp_path / "place", {"名称": "泾河"}, {"名称": "泾河", "course": other}, {"名称": "泾河"})
    first, second = (row[0] for row in rivers(snapshot))
    assert first != second
    assert tally(snapshot) == [(3, 2, 0, 1, 0)]


@pytest.mark.parametrize("table", ["rivers", "rivers_on_map"])
def test_they_are_drawn(tmp_path: Path, table: str) -> None:
    snapshot = built(tmp_path / "place", {"编号": "H1", "名称": "泾河", "类型": "河流"})
    found = snapshot.execute(f"select distinct river_id from {table}").fetchall()
    assert found == [("H1",)]
