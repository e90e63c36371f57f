from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from dashboard.tiles.labels import COUNTY, MOST_LABELS, label_tile
from dashboard.tiles.tile_address import Tile, tile_holding
from dashboard.tiles.vector_tiles import vector_tile
from etl.datum import Datum, from_wgs84, to_wgs84
from etl.projection import on_map
from planning.atlas import Atlas, open_atlas
from tests.dashboard.tiles.mvt_reading import read_mvt
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace

WHERE = (107.42, 35.35)


def labels(atlas: Atlas, tile: Tile) -> list[Any]:
    return json.loads(gzip.decompress(label_tile(atlas, tile)))


def around(zoom: int, reach: int, datum: Datum = Datum.WGS84) -> list[Tile]:
    x, y = (int(one) for one in tile_holding(*WHERE, zoom))
    steps = range(-reach, reach + 1)
    return [
        Tile(zoom, x + right, y + down, datum)
        for right in steps
        for down in steps
        if 0 <= x + right < 2**zoom and 0 <= y + down < 2**zoom
    ]


def kinds(atlas: Atlas, zoom: int, reach: int = 3) -> set[str]:
    return {kind for tile in around(zoom, reach) for _, _, _, kind, _ in labels(atlas, tile)}


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
@pytest.mark.parametrize(("zoom", "reach"), [(0, 0), (5, 1), (7, 2), (8, 3), (10, 5)])
def test_each_county_is_named_in_one_tile_where_it_lies(atlas: Atlas, zoom: int, reach: int, datum: Datum) -> None:
    known = {
        name: (is_inside, lon, lat)
        for name, is_inside, lon, lat in atlas.cursor()
        .execute("select name, is_inside, lon, lat from surroundings")
        .fetchall()
    }
    named: Counter[str] = Counter()
    for tile in around(zoom, reach, datum):
        for lon, lat, text, kind, _ in labels(atlas, tile):
            if kind == "county":
                named[text] += 1
                assert [lon, lat] == pytest.approx(
                    [float(one) for one in from_wgs84(*known[text][1:], datum)], abs=1e-6
                )
                assert tile_holding(lon, lat, zoom) == (tile.x, tile.y)
    assert set(named.values()) == {1}
    assert ("泾川县" in named) == (7 <= zoom <= 9)
    if zoom <= 8:
        assert len(named) == len(known) - (zoom < 7)


def test_names_come_with_the_zooms(atlas: Atlas) -> None:
    assert kinds(atlas, 7) == {"county"}
    assert kinds(atlas, 8) >= {"county", "town", "road"}
    assert "village" not in kinds(atlas, 11)
    assert kinds(atlas, 12, reach=4) >= {"village", "road"}
    assert "county" not in kinds(atlas, 12, reach=4)


def test_the_best_rank_comes_first(atlas: Atlas) -> None:
    for zoom in (8, 10, 12):
        for tile in around(zoom, 1):
            ranks = [rank for *_, rank in labels(atlas, tile)]
            assert ranks == sorted(ranks)
            assert all(rank >= COUNTY for rank in ranks)


@pytest.mark.parametrize("zoom", [8, 11, 13])
def test_a_road_number_stands_on_its_road_once_a_tile(atlas: Atlas, zoom: int) -> None:
    roads: dict[str, Any] = {}
    for ref, shape in (
        atlas.cursor()
        .execute(
            "select ref, st_aswkb(routes_on_map.geom) from routes_on_map join routes using (route_id) "
            "where $zoom between zoom_from and zoom_to and ref is not null",
            {"zoom": zoom},
        )
        .fetchall()
    ):
        roads.setdefault(ref, []).append(shapely.from_wkb(bytes(shape)))
    seen = set()
    for tile in around(zoom, 2):
        refs = [(text, lon, lat) for lon, lat, text, kind, _ in labels(atlas, tile) if kind == "road"]
        assert len(refs) == len({ref for ref, _, _ in refs})
        for ref, lon, lat in refs:
            point = shapely.Point(*(float(one) for one in on_map(lon, lat)))
            assert min(shapely.distance(shapely.union_all(roads[ref]), [point])) < 1.0
            seen.add(ref)
    assert "G70" in seen
    assert ("S" in {ref[0] for ref in seen} or "X" in {ref[0] for ref in seen}) == (zoom >= 11)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder: Path = tmp_path_factory.mktemp("villages") / "place"
    dice = np.random.default_rng(5)
    rows: list[list[object]] = [["编码", "名称", "类型", "人口", "经度", "纬度"]]
    for n in range(3000):
        kind = "镇" if n < 10 else "村"
        lon, lat = dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)
        rows.append([f"V{n}", f"地{n}", kind, int(dice.integers(1, 5000)), f"{lon:.6f}", f"{lat:.6f}"])
    # On the corner of four tiles of zoom 12 in GCJ-02, where each of them could claim it.
    rows.append(["V3000", "角村", "村", 9_000_000, *(f"{float(one):.9f}" for one in corner())])
    SmallPlace(folder).add("places", "places.csv", rows).build()
    return open_atlas(folder)


def corner() -> tuple[float, float]:
    x, y = (int(one) for one in tile_holding((WEST + EAST) / 2, (SOUTH + NORTH) / 2, 12))
    lon, lat = Tile(12, x, y, Datum.GCJ02).degrees(256.0, 256.0)
    return float(lon), float(lat)


def test_a_tile_of_many_names_holds_the_largest(crowded: Atlas) -> None:
    x, y = (int(one) for one in tile_holding((WEST + EAST) / 2, (SOUTH + NORTH) / 2, 12))
    found = labels(crowded, Tile(12, x, y))
    assert len(found) == MOST_LABELS
    people = dict(crowded.cursor().execute("select name, people from places").fetchall())
    own_towns = [text for _, _, text, kind, _ in found if kind == "town"]
    shown = {text for _, _, text, kind, _ in found if kind == "village"}
    assert [kind for *_, kind, _ in found[: len(own_towns)]] == ["town"] * len(own_towns)
    here = [
        name
        for name, kind, lon, lat in crowded.cursor().execute("select name, kind, lon, lat from places").fetchall()
        if kind == "village" and tile_holding(lon, lat, 12) == (x, y)
    ]
    assert len(here) > MOST_LABELS
    assert min(people[name] for name in shown) >= 0.95 * max(people[name] for name in set(here) - shown)


def test_the_largest_place_stands_for_its_heap(crowded: Atlas) -> None:
    zoom = 8
    x, y = tile_holding((WEST + EAST) / 2, (SOUTH + NORTH) / 2, zoom)
    packed = vector_tile(crowded, "places", Tile(zoom, int(x), int(y)))
    heaps = read_mvt(gzip.decompress(packed))["places"].features
    assert sum(one.properties["n"] for one in heaps) == 3001
    (largest,) = [one for one in heaps if one.properties["name"] == "角村"]
    assert largest.properties["people"] == 9_000_000
    assert largest.properties["n"] > 1


def test_a_name_on_the_corner_of_four_tiles_stands_in_one(crowded: Atlas) -> None:
    lon, lat = corner()
    assert [float(one) for one in to_wgs84(*from_wgs84(lon, lat, "gcj02"), "gcj02")] == pytest.approx([lon, lat])
    x, y = (int(one) for one in tile_holding((WEST + EAST) / 2, (SOUTH + NORTH) / 2, 12))
    tiles = [Tile(12, x + right, y + down, Datum.GCJ02) for right in range(3) for down in range(3)]
    found = [text for tile in tiles for _, _, text, _, _ in labels(crowded, tile)]
    assert found.count("角村") == 1
