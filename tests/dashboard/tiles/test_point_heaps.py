"""Many points in one tile: heaps that count all of them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from dashboard.tiles.tile_address import UNITS, UNITS_PER_PX, Tile, tile_holding
from dashboard.tiles.vector_tiles import MOST_HEAPS, vector_tile
from planning.atlas import Atlas, open_atlas
from tests.dashboard.tiles.mvt_reading import MvtFeature, read_mvt
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace

SHOPS = 20_000
CLASSES = ("一类", "二类", "三类")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder: Path = tmp_path_factory.mktemp("crowded") / "place"
    dice = np.random.default_rng(5)
    lon, lat = dice.uniform(WEST, EAST, SHOPS), dice.uniform(SOUTH, NORTH, SHOPS)
    rows = [["编号", "店名", "维修类别", "是否备案", "经度", "纬度"]]
    rows += [
        [f"R{n:05d}", f"店{n}", CLASSES[n % 3], "是" if n % 2 else "否", f"{lon[n]:.6f}", f"{lat[n]:.6f}"]
        for n in range(SHOPS)
    ]
    SmallPlace(folder).add("repair_shops", "shops.csv", rows).build()
    return open_atlas(folder)


def tile_at(zoom: int) -> Tile:
    x, y = tile_holding((WEST + EAST) / 2, (SOUTH + NORTH) / 2, zoom)
    return Tile(zoom, int(x), int(y))


def shops(atlas: Atlas, tile: Tile) -> list[MvtFeature]:
    packed = vector_tile(atlas, "repair_shops", tile)
    return read_mvt(gzip.decompress(packed))["repair_shops"].features if packed else []


@pytest.mark.parametrize("zoom", [3, 8, 10, 11])
def test_every_point_is_counted_in_one_heap_of_its_kind(crowded: Atlas, zoom: int) -> None:
    counted: Counter[tuple[str, bool]] = Counter()
    tile = tile_at(zoom)
    drawn = shops(crowded, tile)
    assert 0 < len(drawn) <= MOST_HEAPS * 1.25**2  # with those in the margin
    for one in drawn:
        counted[one.properties["class"], one.properties["is_filed"]] += one.properties["n"]
    expected: Counter[tuple[str, bool]] = Counter()
    for repair_class, is_filed, lon, lat in (
        crowded.cursor().execute("select class, is_filed, lon, lat from repair_shops").fetchall()
    ):
        x, y = tile_holding(lon, lat, zoom)
        expected[repair_class, is_filed] += bool(x == tile.x and y == tile.y)
    # What lies a little beyond the edge is drawn and counted too.
    assert all(counted[kind] >= number for kind, number in expected.items())
    if zoom == 8:
        assert counted == expected
        assert sum(counted.values()) == SHOPS


def test_few_points_are_drawn_one_by_one(crowded: Atlas) -> None:
    drawn = shops(crowded, tile_at(15))
    assert 10 < len(drawn) < 2000
    assert all("n" not in one.properties for one in drawn)
    assert len({one.properties["id"] for one in drawn}) == len(drawn)


def test_neighbouring_tiles_make_the_same_heaps_at_their_edge(crowded: Atlas) -> None:
    tile = tile_at(11)
    left, right = (shops(crowded, Tile(11, tile.x + n, tile.y)) for n in (0, 1))
    if not right:
        left, right = (shops(crowded, Tile(11, tile.x + n, tile.y)) for n in (-1, 0))
    # Heaps wholly within the margins of both, by what stands for each and how many it counts.
    reach = 31 * UNITS_PER_PX
    ours = {(one.properties["id"], one.properties["n"]) for one in left if abs(one.parts[0][0][0] - UNITS) < reach}
    theirs = {(one.properties["id"], one.properties["n"]) for one in right if abs(one.parts[0][0][0]) < reach}
    assert len(ours) > 20
    assert len(ours & theirs) > 0.9 * len(ours)


def test_heaps_stand_on_no_more_places_than_the_raster_has(crowded: Atlas) -> None:
    squares = Counter(
        (x // (4 * UNITS_PER_PX), y // (4 * UNITS_PER_PX), one.properties["class"], one.properties["is_filed"])
        for one in shops(crowded, tile_at(10))
        for x, y in [one.parts[0][0]]
    )
    assert sum(squares.values()) > len({key[:2] for key in squares})
    assert max(squares.values()) <= 2  # a point on the very edge of two squares is rounded into the next
