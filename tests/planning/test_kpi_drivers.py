from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planning.atlas import open_atlas
from planning.kpis import kpi_rows
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace
from tests.planning.kpi_place import built, said
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def square(west: float, east: float) -> dict[str, Any]:
    ring = [[west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]
    return {"type": "Polygon", "coordinates": [ring]}


def grids_place(folder: Path, numbers: Sequence[tuple[str, int | None, int | None]]) -> SmallPlace:
    """Grids side by side with their drivers and party members."""
    place = SmallPlace(folder)
    width = (EAST - WEST) / len(numbers)
    features = [
        {
            "type": "Feature",
            "properties": {
                "编码": code, "名称": f"网格{code}", "层级": "网格", "责任岗位": "网格员" if i == 0 else None,
                "司机数": drivers, "党员司机": party,
            },
            "geometry": square(WEST + i * width, WEST + (i + 1) * width),
        }
        for i, (code, drivers, party) in enumerate(numbers)
    ]  # fmt: skip
    (folder / "files" / "grids.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
    )
    return place.add("grids", "grids.geojson")


DRIVERS = ["编号", "姓名", "所属网格", "是否党员"]


def test_drivers_of_grids_that_know_them(tmp_path: Path) -> None:
    place = grids_place(tmp_path / "place", [("A", 5, 2), ("B", 0, 0)])
    place.build()
    atlas = open_atlas(place.folder)
    assert said(atlas, "drivers_known") == (5, False)
    assert said(atlas, "party_drivers") == (2, False)
    assert said(atlas, "grids_with_post_pct") == (50, False)


def test_a_grid_that_says_nothing_makes_a_lower_bound(tmp_path: Path) -> None:
    place = grids_place(tmp_path / "place", [("A", 5, 2), ("B", None, None)])
    place.build()
    atlas = open_atlas(place.folder)
    assert said(atlas, "drivers_known") == (5, True)
    assert said(atlas, "party_drivers") == (2, True)


def test_the_ledger_speaks_for_a_grid_without_a_number(tmp_path: Path) -> None:
    ledger = [["1", "甲", "B", "是"], ["2", "乙", "B", "否"], ["3", "丙", "A", "是"]]
    place = grids_place(tmp_path / "place", [("A", 5, 2), ("B", None, None)])
    place.add("drivers", "drivers.csv", [DRIVERS, *ledger])
    place.build()
    atlas = open_atlas(place.folder)
    assert said(atlas, "drivers_known") == (7, False)
    assert said(atlas, "party_drivers") == (3, False)


def test_drivers_whom_no_grid_holds_and_unknown_membership_make_lower_bounds(tmp_path: Path) -> None:
    ledger = [["1", "甲", "B", ""], ["2", "乙", "Z", "是"], ["3", "丙", "", "是"]]
    place = grids_place(tmp_path / "place", [("A", 5, 2), ("B", None, None)])
    place.add("drivers", "drivers.csv", [DRIVERS, *ledger])
    place.build()
    atlas = open_atlas(place.folder)
    assert said(atlas, "drivers_known") == (6, True)
    assert said(atlas, "party_drivers") == (2, True)
    use_language("en")
    rows = kpi_rows(atlas, "drivers_known").table.to_pylist()
    assert [row["name"] for row in rows] == [
        "网格A", "网格B", "no grid “Z”", "no grid given", "small groups, together",
    ]  # fmt: skip
    # One driver in B is few, and A would tell of B what is left of six.
    assert [row["counted"] for row in rows] == [None, None, None, None, 6]
    assert [row["ledger_drivers"] for row in rows] == [None] * 5


def test_a_ledger_alone_counts_its_rows(tmp_path: Path) -> None:
    atlas = built(tmp_path / "place", ("drivers", [DRIVERS, ["1", "甲", "", "是"], ["2", "乙", "", ""]]))
    assert said(atlas, "drivers_known") == (2, False)
    assert said(atlas, "party_drivers") == (1, True)
