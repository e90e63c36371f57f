from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
import shapely

from dashboard.kind_colours import KIND_COLUMN
from dashboard.layers import POINT_LOOKS
from dashboard.point_file import point_file
from planning.atlas import Atlas, open_atlas
from planning.features import KEY, SHAPE, features
from tests.etl.small_place import SmallPlace
from wording import use_language

if TYPE_CHECKING:
    from pathlib import Path

HARM = "<img src=x onerror=hit()>${hit()}`hit()`"


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def written(atlas: Atlas, noun: str, filters: dict[str, list[str]] | None = None) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(point_file(atlas, noun, filters or {}))["features"]
    return told


@pytest.mark.parametrize("noun", POINT_LOOKS)
def test_the_file_holds_the_rows_that_have_a_position(sample: Atlas, noun: str, tmp_path: Path) -> None:
    path = tmp_path / f"{noun}.geojson"
    path.write_bytes(point_file(sample, noun, {}))
    found = pyogrio.read_dataframe(path)
    table = features(sample, noun).table
    spots = {row[KEY]: shapely.from_wkb(row[SHAPE]) for row in table.to_pylist() if row[SHAPE] is not None}
    assert found.crs.to_epsg() == 4326
    assert list(found["id"]) == list(spots)
    for number, spot in zip(found["id"], found.geometry, strict=True):
        assert spot.distance(spots[number]) < 1e-6
    if noun == "requests":
        assert 0 < len(spots) < len(table)


@pytest.mark.parametrize("noun", POINT_LOOKS)
def test_each_point_tells_its_kind_and_its_first_facts(sample: Atlas, noun: str) -> None:
    look, found = POINT_LOOKS[noun], features(sample, noun)
    rows = {row[KEY]: row for row in found.table.to_pylist()}
    for point in written(sample, noun):
        told, row = point["properties"], rows[point["properties"]["id"]]
        assert told["kind"] == row[KIND_COLUMN[noun]]
        assert told["title"] == found.column(look.title).shown(row[look.title])
        names = [name for name in look.essentials if name != look.title]
        assert [label for label, _ in told["lines"]] == [found.column(name).label for name in names]
        assert [value for _, value in told["lines"]] == [
            found.column(name).shown_with_unit(row[name]) for name in names
        ]


@pytest.mark.parametrize(
    ("noun", "column", "value"),
    [("stations", "status", "open"), ("requests", "is_open", True), ("repair_shops", "is_filed", True)],
)
def test_what_is_not_in_force_is_hollow_and_the_unknown_is_not(
    sample: Atlas, noun: str, column: str, value: object
) -> None:
    rows = {row[KEY]: row[column] for row in features(sample, noun).table.to_pylist()}
    solid = {point["properties"]["id"]: point["properties"]["solid"] for point in written(sample, noun)}
    assert solid == {number: rows[number] in {value, None} for number in solid}
    assert set(solid.values()) == {True, False}


def test_filters_and_language_reach_the_file(sample: Atlas) -> None:
    chosen = written(sample, "stations", {"tier": ["service_point"], "status": ["open"]})
    wanted = features(sample, "stations", {"tier": ["service_point"], "status": ["open"]}).table[KEY].to_pylist()
    assert [point["properties"]["id"] for point in chosen] == wanted != []
    assert "服务点" in str(chosen)
    use_language("en")
    assert "service point" in str(written(sample, "stations", {"tier": ["service_point"]}))
    assert written(sample, "stations", {"tier": ["no_such"]}) == []


def test_text_that_means_harm_stays_text(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    place.add("stations", "s.csv", [["编号", "站名", "类型", "经度", "纬度"], ["S1", HARM, "", 107.35, 35.33]]).build()
    [point] = written(open_atlas(place.folder), "stations")
    assert point["properties"]["title"] == HARM
    assert point["properties"]["kind"] is None
    assert point["geometry"] == {"type": "Point", "coordinates": [107.35, 35.33]}
