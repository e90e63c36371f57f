from __future__ import annotations

import gzip
import threading
from collections import Counter
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from dashboard.tiles.tile_address import UNITS, UNITS_PER_PX, Tile, tile_holding
from dashboard.tiles.vector_tiles import BASE, CELLS, GRIDS, LAYERS, POINT_NOUNS, cells_from_zoom, vector_tile
from etl.datum import Datum, from_wgs84
from planning.atlas import Atlas
from planning.cell_measures import CELL_MEASURES
from tests.dashboard.tiles.mvt_reading import LINE, POINT, POLYGON, MvtFeature, doubled_area, read_mvt

HALF_M = 20037508.342789244
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
WHERE = (107.42, 35.35)
HALF_PX = UNITS_PER_PX / 2
DATUMS = [Datum.WGS84, Datum.GCJ02]


def tile_at(zoom: int, datum: Datum = Datum.WGS84, right: int = 0, down: int = 0) -> Tile:
    x, y = tile_holding(*WHERE, zoom)
    return Tile(zoom, int(x) + right, int(y) + down, datum)


def features(atlas: Atlas, layer: str, tile: Tile, name: str | None = None) -> list[MvtFeature]:
    packed = vector_tile(atlas, layer, tile)
    if not packed:
        return []
    found = read_mvt(gzip.decompress(packed)).get(name or layer)
    if found is None:
        return []
    assert (found.version, found.extent) == (2, UNITS)
    return found.features


def units(tile: Tile, lon: Any, lat: Any) -> Any:
    """Where WGS-84 degrees lie in a tile, one by one through pyproj."""
    x_m, y_m = TO_METRES.transform(*from_wgs84(lon, lat, tile.datum))
    span_m = 2 * HALF_M / 2**tile.z
    return np.column_stack([((x_m + HALF_M) / span_m - tile.x) * UNITS, ((HALF_M - y_m) / span_m - tile.y) * UNITS])


def rows(atlas: Atlas, query: str) -> list[dict[str, Any]]:
    return atlas.cursor().execute(query).to_arrow_table().to_pylist()


@pytest.mark.parametrize("datum", DATUMS)
@pytest.mark.parametrize("zoom", [10, 11, 13, 16])
def test_each_cell_of_the_tile_is_there_within_half_a_pixel(atlas: Atlas, zoom: int, datum: Datum) -> None:
    tile = tile_at(zoom, datum)
    drawn = {one.properties["id"]: one for one in features(atlas, CELLS, tile)}
    size, projection = atlas.cursor().execute("select cell_size_m, projection from build").fetchone() or (0, "")
    to_degrees = Transformer.from_crs(projection, "EPSG:4326", always_xy=True)
    whole, found = shapely.box(0, 0, UNITS, UNITS), 0
    for cell in rows(atlas, "select * exclude geom from cells"):
        corners_m = [(cell["i"] + right, cell["j"] + up) for right, up in ((0, 0), (1, 0), (1, 1), (0, 1))]
        lon, lat = to_degrees.transform(*(np.array(corners_m) * size).T)
        corners = units(tile, lon, lat)
        if shapely.Polygon(corners).intersects(whole):
            found += 1
            check_cell(drawn[cell["cell_id"]], cell, corners)
    assert found >= 4 or zoom == 16


def check_cell(feature: MvtFeature, cell: dict[str, Any], corners: Any) -> None:
    assert feature.kind == POLYGON
    (ring,) = feature.parts
    assert doubled_area(ring) > 0
    for corner in corners:
        assert min(np.hypot(*(np.array(one) - corner)) for one in ring) <= HALF_PX
    for measure in CELL_MEASURES.values():
        value = cell[measure.column]
        assert feature.properties.get(measure.name) == (
            value if value is None else round(10 * value / cell["area_km2"])
        )
        assert feature.properties.get(f"{measure.name}_partly", False) == cell[measure.partly_unknown_column]
    assert set(feature.properties) <= {"id"} | {name + end for name in CELL_MEASURES for end in ("", "_partly")}


def test_cells_smaller_than_four_pixels_are_not_drawn(atlas: Atlas) -> None:
    first = cells_from_zoom(atlas)
    (ring,) = features(atlas, CELLS, tile_at(first))[0].parts
    side_px = np.ptp(np.array(ring)[:, 0]) / UNITS_PER_PX
    assert side_px + 0.2 >= 4
    assert side_px < 8.5
    assert vector_tile(atlas, CELLS, tile_at(first - 1)) == b""


@pytest.mark.parametrize("layer", [CELLS, GRIDS, BASE])
@pytest.mark.parametrize("datum", DATUMS)
def test_what_crosses_the_edge_is_in_both_tiles_at_the_same_place(atlas: Atlas, layer: str, datum: Datum) -> None:
    zoom = 11
    left, right = (features_of_all(atlas, layer, tile_at(zoom, datum, n)) for n in (0, 1))
    crossing = 0
    for key, feature in left.items():
        reach = max(x for part in feature.parts for x, _ in part)
        if reach > UNITS + 16:
            crossing += 1
            there = {(x + UNITS, y) for part in right[key].parts for x, y in part}
            here = {one for part in feature.parts for one in part if UNITS - 100 < one[0] < UNITS + 100}
            near = [min(abs(x - a) + abs(y - b) for a, b in there) for x, y in here if -100 < y < UNITS + 100]
            assert layer == BASE or max(near, default=0) <= 12
    assert crossing >= 1


def features_of_all(atlas: Atlas, layer: str, tile: Tile) -> dict[Any, MvtFeature]:
    if layer != BASE:
        return {one.properties["id"]: one for one in features(atlas, layer, tile)}
    return {one.properties["id"]: one for one in features(atlas, BASE, tile, "routes")}


def test_the_ground_has_its_three_layers_with_their_properties(atlas: Atlas) -> None:
    tile = tile_at(9)
    counties, rivers, routes = (features(atlas, BASE, tile, name) for name in ("surroundings", "rivers", "routes"))
    assert {one.kind for one in counties} == {POLYGON}
    assert {one.properties["code"] for one in counties if one.properties["inside"] == 1} == {"620821"}
    assert counties[-1].properties["inside"] == 1
    assert {one.kind for one in [*rivers, *routes]} == {LINE}
    assert {one.properties["kind"] for one in rivers} <= {"river", "stream", "canal"}
    known = {row["route_id"]: row for row in rows(atlas, "select * exclude geom from routes")}
    for one in routes:
        told = known[one.properties["id"]]
        trucks = told["trucks_per_day"]
        expected = {
            "id": told["route_id"], "class": told["class"], "ref": told["ref"], "name": told["name"],
            "trucks": trucks if trucks is None else round(trucks),
        }  # fmt: skip
        assert one.properties == {name: value for name, value in expected.items() if value is not None}
    assert routes[-1].properties["class"] in {"expressway", "first"}


def test_outer_rings_run_clockwise_so_that_no_area_reads_as_a_hole(atlas: Atlas) -> None:
    for zoom in (6, 9, 12, 14):
        for layer, name in ((BASE, "surroundings"), (GRIDS, GRIDS)):
            for one in features(atlas, layer, tile_at(zoom), name):
                assert doubled_area(one.parts[0]) >= 0, (zoom, one.properties)


def test_grids_have_names_and_levels_the_smaller_above_the_larger(atlas: Atlas) -> None:
    drawn = features(atlas, GRIDS, tile_at(11))
    known = {row["grid_id"]: row for row in rows(atlas, "select grid_id, name, level from grids")}
    assert [one.properties["level"] for one in drawn] == sorted(one.properties["level"] for one in drawn)
    for one in drawn:
        told = known[one.properties["id"]]
        assert (one.properties["name"], one.properties["level"]) == (told["name"], told["level"])
    assert {one.properties["level"] for one in drawn} == {1, 2, 3, 4}


@pytest.mark.parametrize("layer", [BASE, GRIDS])
def test_near_by_shapes_are_cut_to_the_tile(atlas: Atlas, layer: str) -> None:
    for zoom in (14, 18, 22):
        tile = tile_at(zoom)
        packed = vector_tile(atlas, layer, tile)
        assert len(packed) < 20_000
        for drawn in read_mvt(gzip.decompress(packed)).values():
            for one in drawn.features:
                assert max(abs(value) for part in one.parts for corner in part for value in corner) < 2**31


COLUMNS = {
    "stations": ("name", "tier", "status"),
    "resources": ("name", "kind"),
    "repair_shops": ("name", "class", "is_filed"),
    "requests": ("category", "channel", "is_open"),
    "incidents": ("kind", "severity"),
    "places": ("name", "kind", "people"),
    "enterprises": ("name", "kind"),
}
KEYS = {"repair_shops": "shop_id", "enterprises": "enterprise_id", "places": "place_id"}


@pytest.mark.parametrize("datum", DATUMS)
@pytest.mark.parametrize("noun", POINT_NOUNS)
def test_every_point_is_drawn_once_where_it_lies(atlas: Atlas, noun: str, datum: Datum) -> None:
    zoom, key = 10, KEYS.get(noun, f"{noun[:-1]}_id")
    is_open = ", closed_at is null as is_open" if noun == "requests" else ""
    known = {row[key]: row for row in rows(atlas, f"select *{is_open} from {noun} where lon is not null")}
    seen: Counter[str] = Counter()
    for right in range(-2, 3):
        for down in range(-2, 3):
            tile = tile_at(zoom, datum, right, down)
            for one in features(atlas, noun, tile):
                ((x, y),) = one.parts[0:1][0]
                row = known[one.properties["id"]]
                place = units(tile, np.array([row["lon"]]), np.array([row["lat"]]))[0]
                assert np.hypot(*(place - (x, y))) <= HALF_PX
                assert (one.kind, one.properties.get("n")) == (POINT, None)
                assert {name: one.properties.get(name) for name in COLUMNS[noun]} == {
                    name: row[name] for name in COLUMNS[noun]
                }
                if (place >= 0).all() and (place < UNITS).all():
                    seen[one.properties["id"]] += 1
    assert set(seen.values()) == {1}
    assert {name for name, row in known.items() if lies_within(row, datum, zoom)} <= set(seen)
    assert len(seen) > 10


def lies_within(row: dict[str, Any], datum: Datum, zoom: int) -> bool:
    """Whether a row lies in the five by five tiles looked at."""
    middle = tile_at(zoom)
    x, y = tile_holding(*from_wgs84(row["lon"], row["lat"], datum), zoom)
    return bool(abs(x - middle.x) <= 2 and abs(y - middle.y) <= 2)


def test_a_layer_that_is_none_is_no_layer(atlas: Atlas) -> None:
    with pytest.raises(KeyError):
        vector_tile(atlas, "drivers", tile_at(9))


def test_there_is_nothing_far_away(atlas: Atlas) -> None:
    for layer in LAYERS:
        for tile in (Tile(10, 5, 5), Tile(22, 0, 0), Tile(22, 2**22 - 1, 2**22 - 1)):
            assert vector_tile(atlas, layer, tile) == b""


def test_eight_threads_get_what_one_gets(atlas: Atlas) -> None:
    asked = [(layer, tile_at(zoom)) for layer in LAYERS for zoom in (8, 11)]
    alone = [vector_tile(atlas, layer, tile) for layer, tile in asked]
    together, failed = threading.Barrier(8), []

    def ask(first: int) -> None:
        together.wait()
        for step in range(len(asked)):
            at = (first * 5 + step) % len(asked)
            if vector_tile(atlas, *asked[at]) != alone[at]:
                failed.append(asked[at])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
