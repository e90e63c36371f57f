from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from planning.atlas import Atlas, open_atlas
from planning.features import features
from planning.grid_measures import GRID_MEASURES, GridValue, grid_values
from planning.grids import grids_of
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from planning.grids import GridRow


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def asked(atlas: Atlas, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = atlas.cursor().execute(sql).to_arrow_table().to_pylist()
    return found


class Tree:
    """The grids with what lies in each, counted one by one."""

    def __init__(self, atlas: Atlas) -> None:
        self.grids = asked(atlas, "select grid_id, parent_id, level, st_aswkb(geom) as geom from grids")
        self.shapes: dict[str, BaseGeometry] = {one["grid_id"]: shapely.from_wkb(one["geom"]) for one in self.grids}
        self.cells = defaultdict[str, list[dict[str, Any]]](list)
        for cell in asked(atlas, "select * exclude (geom) from cells where grid_id is not null"):
            self.cells[cell["grid_id"]].append(cell)
        self.shops = asked(atlas, "select lon, lat from repair_shops")

    def below(self, grid_id: str) -> set[str]:
        found, ahead = set[str](), [grid_id]
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead += [other["grid_id"] for other in self.grids if other["parent_id"] == one]
        return found

    def value(self, grid_id: str, measure: str) -> GridValue:
        if measure == "repair_shops":
            spots = [shapely.Point(one["lon"], one["lat"]) for one in self.shops]
            return GridValue(sum(1 for spot in spots if self.shapes[grid_id].contains(spot)), is_lower_bound=False)
        column = measure.removesuffix("_per_km2")
        cells = [cell for one in self.below(grid_id) for cell in self.cells[one]]
        known = [cell[column] for cell in cells if cell[column] is not None]
        value = sum(known) if known else None
        if measure.endswith("_per_km2") and value is not None:
            value /= sum(cell["area_km2"] for cell in cells)
        is_lower_bound = not cells or any(cell[f"is_{column}_partly_unknown"] for cell in cells)
        return GridValue(value, is_lower_bound)


@pytest.fixture(scope="module")
def tree(sample: Atlas) -> Tree:
    return Tree(sample)


@pytest.mark.parametrize("measure", ["people_per_km2", "repair_shops"])
def test_each_grid_holds_what_lies_in_it_and_below_it(sample: Atlas, tree: Tree, measure: str) -> None:
    found = grid_values(sample, measure)
    assert found.keys() == tree.shapes.keys()
    for grid_id, one in found.items():
        wanted = tree.value(grid_id, measure)
        assert one.is_lower_bound == wanted.is_lower_bound, grid_id
        assert one.value == (wanted.value if wanted.value is None else pytest.approx(wanted.value)), grid_id
    assert len({one.value for one in found.values()}) > 3


def test_the_map_is_coloured_by_what_the_tree_says(sample: Atlas) -> None:
    rows = {row.grid_id: row for row in grids_of(sample).rows}
    told: dict[str, Callable[[GridRow], GridValue]] = {
        "drivers": lambda row: GridValue(
            row.drivers.value, row.drivers.is_lower_bound or row.drivers.value is None,
            is_hidden=row.drivers.is_hidden and row.drivers.value is None,
        ),
        "covered_drivers_pct": lambda row: GridValue(row.covered_drivers.pct, row.covered_drivers.is_lower_bound),
        "stations_open": lambda row: GridValue(row.stations_open, is_lower_bound=False),
        "requests_open": lambda row: GridValue(row.requests_open.value, is_lower_bound=False),
        "ledger_complete_pct": lambda row: GridValue(row.health.complete_pct, is_lower_bound=False),
        "ledger_age_days": lambda row: GridValue(row.health.age_days, is_lower_bound=False),
    }  # fmt: skip
    assert told.keys() | {"people_per_km2", "repair_shops", "drivers_per_km2"} == GRID_MEASURES.keys()
    for measure, tell in told.items():
        found = grid_values(sample, measure)
        assert found == {grid_id: tell(rows[grid_id]) for grid_id in found}, measure
        assert len({one.value for one in found.values()}) > 3, measure
    area = {row["thing_id"]: row["area_km2"] for row in features(sample, "grids").table.to_pylist()}
    for grid_id, one in grid_values(sample, "drivers_per_km2").items():
        drivers = rows[grid_id].drivers.value
        if drivers is not None and area[grid_id]:
            assert one.value == pytest.approx(drivers / area[grid_id])


def test_a_level_gives_its_own_grids_with_the_same_numbers(sample: Atlas, tree: Tree) -> None:
    every = grid_values(sample, "drivers")
    for level in (1, 2, 3, 4):
        at_level = grid_values(sample, "drivers", level)
        assert at_level.keys() == {one["grid_id"] for one in tree.grids if one["level"] == level}
        assert at_level == {grid_id: every[grid_id] for grid_id in at_level}
    assert grid_values(sample, "drivers", 9) == {}


@pytest.fixture
def place_of(tmp_path: Path) -> Callable[..., Atlas]:
    """Builds grids side by side: code, parent, level, drivers."""

    def built(*grids: tuple[str, str | None, str, int | None], strips: int = 2) -> Atlas:
        place = SmallPlace(tmp_path / "place")
        width = (EAST - WEST) / strips
        features = []
        for number, (code, parent, level, drivers) in enumerate(grids):
            west = WEST + number % strips * width
            shape = (
                shapely.box(west, SOUTH, west + width, NORTH)
                if number < strips
                else shapely.box(WEST, SOUTH, EAST, NORTH)
            )
            properties = {"编码": code, "名称": f"网格{code}", "层级": level, "上级编码": parent, "司机数": drivers}
            features.append({"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)})
        collection = {"type": "FeatureCollection", "features": features}
        (place.folder / "files" / "grids.geojson").write_text(json.dumps(collection), "utf-8")
        place.add("grids", "grids.geojson").build()
        return open_atlas(place.folder)

    return built


@pytest.mark.timeout(60)
def test_parents_that_run_in_a_circle_end(place_of: Callable[..., Atlas]) -> None:
    atlas = place_of(("A", "B", "网格", 6), ("B", "C", "网格", 4), ("C", "A", "网格", None), strips=3)
    found = grid_values(atlas, "drivers")
    # Cut out of the tree, none of them counts anything, and nobody takes that for none.
    assert found == dict.fromkeys("ABC", GridValue(None, is_lower_bound=True))
    assert grid_values(atlas, "drivers", 4) == found


def test_a_part_that_is_unknown_makes_a_lower_bound(place_of: Callable[..., Atlas]) -> None:
    found = grid_values(place_of(("A", "T", "网格", 6), ("B", "T", "网格", None), ("T", None, "乡镇", None)), "drivers")
    whole = found["T"]
    assert whole.is_lower_bound
    assert whole.value == pytest.approx(6)
    assert found["B"].is_lower_bound


def test_where_all_is_known_it_is_no_bound_and_where_nothing_is_there_is_no_number(
    place_of: Callable[..., Atlas],
) -> None:
    atlas = place_of(("A", "T", "网格", 6), ("B", "T", "网格", 0), ("T", None, "乡镇", None))
    whole = grid_values(atlas, "drivers")["T"]
    assert whole.value == pytest.approx(6)
    assert not whole.is_lower_bound
    assert {one.value for one in grid_values(atlas, "people_per_km2").values()} == {None}
    # No ledger of stations was read: nobody knows whether there are any.
    assert set(grid_values(atlas, "stations_open").values()) == {GridValue(None, is_lower_bound=False)}
