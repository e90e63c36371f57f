from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from pyproj import Geod

from etl.derived.cell_squares import COLUMNS
from planning.atlas import Atlas, open_atlas
from planning.cell_raster import lattice_of
from planning.ground import place_boundary
from planning.spot_facts import SpotFacts, cell_at, spot_facts
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

SPOTS = 300
CLOSE_DEG = 3e-5  # 3 m: so near to an edge a square in degrees is not quite one in metres
FIGURE_OF_EARTH_PCT = 0.6  # what a sphere is off by
STATIONS = ["编号", "站名", "状态", "经度", "纬度"]


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture(scope="module")
def asked(sample: Atlas) -> list[SpotFacts]:
    """Spots in the place and around it."""
    dice = np.random.default_rng(7)
    west, south, east, north = place_boundary(sample).bounds
    lon = dice.uniform(west - 0.1, east + 0.1, SPOTS).tolist()
    lat = dice.uniform(south - 0.1, north + 0.1, SPOTS).tolist()
    return [spot_facts(sample, *spot) for spot in zip(lon, lat, strict=True)]


def rows(atlas: Atlas, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = atlas.cursor().execute(sql).to_arrow_table().to_pylist()
    return found


def test_the_cell_is_the_one_whose_square_holds_the_spot(sample: Atlas, asked: list[SpotFacts]) -> None:
    cells = rows(sample, "select *, st_aswkb(geom) as shape from cells")
    shapes = shapely.from_wkb([cell["shape"] for cell in cells])
    tree = shapely.STRtree(shapes)
    told = {True: 0, False: 0}
    for facts in asked:
        spot = shapely.Point(facts.lon, facts.lat)
        near = tree.query(spot, predicate="dwithin", distance=CLOSE_DEG)
        if any(shapes[at].exterior.distance(spot) < CLOSE_DEG for at in near):
            continue
        holding = [cells[at] for at in near]
        told[bool(holding)] += 1
        if not holding:
            assert facts.cell is None
            continue
        [cell] = holding
        assert facts.cell is not None
        assert facts.cell.geom == cell["shape"]
        names = ("cell_id", "area_km2", "drivers", "is_drivers_partly_unknown", "people", "is_people_partly_unknown")
        assert [getattr(facts.cell, name) for name in names] == [cell[name] for name in names]
    assert min(told.values()) > 60
    assert sum(told.values()) > SPOTS - 15


def test_the_grids_are_those_that_hold_the_spot_from_the_widest_down(sample: Atlas, asked: list[SpotFacts]) -> None:
    grids = rows(sample, "select *, st_aswkb(geom) as shape from grids")
    for grid in grids:
        grid["shape"] = shapely.from_wkb(grid["shape"])
    chains = set()
    for facts in asked:
        spot = shapely.Point(facts.lon, facts.lat)
        holding = sorted(
            (grid for grid in grids if grid["shape"].contains(spot)),
            key=lambda grid: (grid["level"] or 9, grid["grid_id"]),
        )
        wanted = [(grid["grid_id"], grid["name"], grid["level"], grid["post"], grid["unit"]) for grid in holding]
        assert [(grid.grid_id, grid.name, grid.level, grid.post, grid.unit) for grid in facts.grids] == wanted
        chains.add(len(wanted))
    assert {0, 4} <= chains


def test_the_nearest_station_is_the_nearest_on_the_earth_and_open(sample: Atlas, asked: list[SpotFacts]) -> None:
    stations = rows(sample, "select * from stations where status = 'open'")
    lon, lat = ([station[axis] for station in stations] for axis in ("lon", "lat"))
    geod = Geod(ellps="WGS84")
    met = set()
    for facts in asked:
        _, _, far_m = geod.inv([facts.lon] * len(stations), [facts.lat] * len(stations), lon, lat)
        first, second = np.argsort(far_m)[:2]
        assert facts.nearest is not None
        assert facts.nearest.straight_km == pytest.approx(far_m[first] / 1000, rel=FIGURE_OF_EARTH_PCT / 100)
        if far_m[second] > far_m[first] * (1 + 2 * FIGURE_OF_EARTH_PCT / 100):
            assert facts.nearest.thing_id == stations[first]["station_id"]
            assert facts.nearest.name == stations[first]["name"]
            assert facts.nearest.tier == stations[first]["tier"]
            met.add(facts.nearest.thing_id)
    assert len(met) > 5


def test_a_place_with_nothing_open_and_no_grids_says_so(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    place.add("stations", "stations.csv", [STATIONS, ["S1", "站", "在建", 107.35, 35.33]]).build()
    facts = spot_facts(open_atlas(place.folder), 107.35, 35.33)
    assert (facts.grids, facts.nearest) == ((), None)
    assert facts.cell is not None
    assert facts.cell.drivers is None


@pytest.mark.parametrize(
    "spot", [(-72.6, -35.3), (107.4, 90.0), (107.4, -90.0), (180.0, 0.0), (-180.0, 85.0), (0.0, 0.0)]
)
def test_far_away_there_is_no_cell(sample: Atlas, spot: tuple[float, float]) -> None:
    facts = spot_facts(sample, *spot)
    assert facts.cell is None
    assert facts.grids == ()
    assert facts.nearest is not None
    assert facts.nearest.straight_km > 1000


def test_beyond_the_end_of_the_lattice_no_cell_of_the_next_row_is_found(tmp_path: Path) -> None:
    """Cells are numbered row by row: a spot so far east that its row has ended must not be taken for the next row's."""
    place = SmallPlace(tmp_path / "place")
    place._manifest = place._manifest.replace("cell_size_m = 2000", "cell_size_m = 100")
    place.build()
    atlas = open_atlas(place.folder)
    lattice = lattice_of(atlas)
    [middle] = rows(atlas, "select i, j from cells where i = 0 and j = 1")
    near_m = ((middle["i"] + 0.5) * 100, (middle["j"] + 0.5) * 100)
    far_m = (near_m[0] + COLUMNS * 100, near_m[1] - 100)
    for (x_m, y_m), is_there in ((near_m, True), (far_m, False)):
        lon, lat = lattice.projection.inverse([x_m], [y_m])
        assert np.isfinite([lon[0], lat[0]]).all()
        assert (cell_at(atlas, float(lon[0]), float(lat[0])) is not None) == is_there
