from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.along_route import prospect_features, prospects
from tests.planning.corridors.small_corridor import place_with

if TYPE_CHECKING:
    from pathlib import Path


def test_the_place_past_which_most_is_driven_comes_first(tmp_path: Path) -> None:
    resources = [
        ("近", 55, {"kind": "加油站", "facilities": "停车、热水"}),
        ("远", 150, {"kind": "加油站", "facilities": "停车、热水、饭菜加热、淋浴、洗衣"}),
        ("某处", 100, {"kind": "加油站"}),
    ]
    atlas = place_with(tmp_path, [("甲站", 50, {})], resources, trucks=1000)
    listed = prospects(atlas)
    assert [one.name for one in listed] == ["远", "某处", "近"]
    far, unknown, near = listed
    assert far.station_km == pytest.approx(100, abs=0.3)
    assert far.truck_km_per_day == pytest.approx(500 * 100, rel=0.01)
    assert (far.missing, unknown.missing) == ((), None)
    assert near.missing == ("meal_heating", "shower", "laundry")
    assert near.roadside_stops_per_day is None
    rows = prospect_features(atlas).table.to_pylist()
    assert [row["rank"] for row in rows] == [1, 2, 3]


def test_a_place_without_numbered_roads_has_none(tmp_path: Path) -> None:
    atlas = place_with(tmp_path, resources=[("甲", 30, {})], 路线编号=None)
    assert prospects(atlas) == ()
    assert prospect_features(atlas).table.num_rows == 0
