"""What the map draws, judged by pyproj and shapely."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from etl.contract import contract_parts
from etl.derived.areas_on_map import simplified_areas
from etl.derived.cells import lay_cells
from etl.derived.lines_on_map import simplified_lines
from etl.derived.on_map import draw_on_map
from etl.derived.surroundings import lay_surroundings
from etl.derived.zoom_bands import FARTHEST, NEAREST, ZOOM_BANDS, ZoomBand
from etl.projection import on_map
from tests.etl.derived.small_county import HERE, add_grid, empty_build, in_degrees, square

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    from shapely.geometry.base import BaseGeometry

JUDGE = Transformer.from_crs(4326, 3857, always_xy=True)
WORLD_M = 2 * 20_037_508.342789244
BAND_STARTS = [band.zoom_from for band in ZOOM_BANDS]
FIRST_ZOOMS = [
    ("routes", "expressway", 0), ("routes", "first", 0), ("routes", "second", 7), ("routes", "third", 9), ("routes", None, 9),
    ("routes", "fourth", 11), ("routes", "unclassified", 11), ("routes", "street", 11), ("routes", "ramp", 11),
    ("routes", "footway", 11), ("rivers", "river", 0), ("rivers", "canal", 9), ("rivers", None, 9), ("rivers", "stream", 11),
]  # fmt: skip


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_build() as connection:
        for noun in ("routes", "rivers"):
            connection.execute(contract_parts(noun)[0])
        yield connection


def judged(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, JUDGE.transform, interleaved=False)


def pixel_m(zoom: int) -> float:
    return WORLD_M / 256 / 2**zoom


def add_line(database: duckdb.DuckDBPyConnection, noun: str, key: str, kind: str | None, line: BaseGeometry) -> None:
    names = {"routes": ("route_id", "class"), "rivers": ("river_id", "kind")}[noun]
    database.execute(
        f"insert into {noun} (origin_id, row_number, {', '.join(names)}, geom) values (1, 1, $key, $kind, st_geomfromwkb($wkb))",
        {"key": key, "kind": kind, "wkb": shapely.to_wkb(line)},
    )


def draw(database: duckdb.DuckDBPyConnection, place: BaseGeometry | None = None) -> None:
    lay_surroundings(database, place or square(-9000, -9000, 9000, 9000), ())
    draw_on_map(database)


def drawn(database: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    """Key, first and last zoom, box and shape of all rows."""
    key = {"routes": "route_id", "rivers": "river_id", "grids": "grid_id", "surroundings": "code"}[table]
    rows = database.execute(
        f"select {key}, zoom_from, zoom_to, [west_m, south_m, east_m, north_m], st_aswkb(geom) from {table}_on_map order by {key}, zoom_from"
    ).fetchall()
    return [(*row[:4], shapely.from_wkb(bytes(row[4]))) for row in rows]


def winding(seed: int, vertices: int, step_m: float = 90.0) -> np.ndarray:
    dice = np.random.default_rng(seed)
    bearing = np.cumsum(dice.normal(0.0, 0.35, vertices))
    return np.cumsum(np.column_stack([np.cos(bearing), np.sin(bearing)]) * step_m, axis=0)


def test_bands_hold_every_zoom_once() -> None:
    zooms = [zoom for band in ZOOM_BANDS for zoom in range(band.zoom_from, band.zoom_to + 1)]
    assert zooms == list(range(FARTHEST, NEAREST + 1))
    assert [band for band in ZOOM_BANDS if band.is_exact] == [ZOOM_BANDS[-1]]
    assert [band.pixel_m for band in ZOOM_BANDS] == pytest.approx([pixel_m(band.zoom_to) for band in ZOOM_BANDS])


def test_mercator_is_what_pyproj_says_and_ends_before_the_poles() -> None:
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.linspace(-180, 180, 37), np.linspace(-85, 85, 35)))
    assert np.abs(np.array(on_map(lon, lat)) - JUDGE.transform(lon, lat)).max() < 1e-6
    assert on_map([0, 0], [90, -90])[1].tolist() == pytest.approx([WORLD_M / 2, -WORLD_M / 2])


def test_cells_lie_where_pyproj_puts_them(database: duckdb.DuckDBPyConnection) -> None:
    place = in_degrees(shapely.Point(800, -300).buffer(7000))
    count = lay_cells(database, place, HERE, 500.0)
    rows = database.execute(
        "select i, j, x_m, y_m, st_aswkb(cells_on_map.geom) from cells_on_map join cells using (cell_id)"
    ).fetchall()
    assert len(rows) == count > 500
    i, j, x_m, y_m = np.array([row[:4] for row in rows], dtype=np.float64).T
    centre = JUDGE.transform(*HERE.inverse((i + 0.5) * 500, (j + 0.5) * 500))
    assert np.abs(np.array([x_m, y_m]) - centre).max() < 0.1
    corners = shapely.get_coordinates(shapely.from_wkb([bytes(row[4]) for row in rows])).reshape(-1, 5, 2)
    clockwise = [(0, 1), (1, 1), (1, 0), (0, 0), (0, 1)]
    for corner, (right, up) in enumerate(clockwise):
        expected = JUDGE.transform(*HERE.inverse((i + right) * 500, (j + up) * 500))
        assert np.abs(corners[:, corner].T - expected).max() < 0.1


def test_cells_of_one_spot_stand_together(database: duckdb.DuckDBPyConnection) -> None:
    """A page of a twentieth of the rows must not reach over the whole place, as rows of cells would."""
    lay_cells(database, square(-20_000, -20_000, 20_000, 20_000), HERE, 500.0)
    x_m, y_m = np.array(database.execute("select x_m, y_m from cells_on_map").fetchall()).T
    pages = zip(np.array_split(x_m, 20), np.array_split(y_m, 20), strict=True)
    assert np.mean([max(np.ptp(x), np.ptp(y)) / np.ptp(x_m) for x, y in pages]) < 0.4


@pytest.mark.parametrize("noun", ["routes", "rivers"])
def test_lines_stay_within_half_a_pixel_of_themselves(database: duckdb.DuckDBPyConnection, noun: str) -> None:
    kind = {"routes": "expressway", "rivers": "river"}[noun]
    lines = {f"line {seed}": in_degrees(shapely.LineString(winding(seed, 900))) for seed in range(12)}
    for key, line in lines.items():
        add_line(database, noun, key, kind, line)
    draw(database)
    rows = drawn(database, noun)
    assert [row[0] for row in rows] == [key for key in sorted(lines) for _ in ZOOM_BANDS]
    for key, zoom_from, zoom_to, box, shape in rows:
        original, least = judged(lines[key]), pixel_m(zoom_to) / 2
        assert shapely.hausdorff_distance(shape, original) < (0.001 if zoom_to == NEAREST else least)
        assert BAND_STARTS.index(zoom_from) == [band.zoom_to for band in ZOOM_BANDS].index(zoom_to)
        assert box == pytest.approx(shape.bounds)
    for start, most in ((0, 50), (7, 350), (11, 899), (13, 900)):
        assert max(shapely.get_num_coordinates(row[4]) for row in rows if row[1] == start) <= most


@pytest.mark.parametrize(("noun", "kind", "zoom"), FIRST_ZOOMS)
def test_small_classes_appear_from_nearer_by(
    database: duckdb.DuckDBPyConnection, noun: str, kind: str | None, zoom: int
) -> None:
    line = in_degrees(shapely.LineString([(-20_000, 0), (20_000, 5000)]))
    add_line(database, noun, "one", kind, line)
    draw(database)
    assert [row[1] for row in drawn(database, noun)] == [start for start in BAND_STARTS if start >= zoom]


def test_a_road_in_short_sections_has_no_gaps(database: duckdb.DuckDBPyConnection) -> None:
    """Sections far shorter than a pixel: what is drawn of them is one line from end to end."""
    whole = winding(5, 2001, step_m=60.0)
    for number, start in enumerate(range(0, 2000, 4)):
        add_line(
            database, "routes", f"r{number:04d}", "first", in_degrees(shapely.LineString(whole[start : start + 5]))
        )
    draw(database)
    road = judged(in_degrees(shapely.LineString(whole)))
    rows = drawn(database, "routes")
    for band in ZOOM_BANDS:
        pieces = [row[4] for row in rows if row[1] == band.zoom_from]
        together = shapely.union_all(pieces)
        assert shapely.hausdorff_distance(together, road) < max(0.001, band.pixel_m / 2)
        assert shapely.union_all(shapely.buffer(pieces, 0.01)).geom_type == "Polygon", band
    assert sum(row[1] == 0 for row in rows) < 100
    assert sum(row[2] == NEAREST for row in rows) == 500


def test_lines_of_several_parts_keep_those_that_are_seen() -> None:
    band = ZoomBand(7, 8)
    far = [(90_000.0, 0.0), (90_010.0, 0.0)]
    lines = np.array(
        [
            shapely.MultiLineString([[(0, 0), (9000, 0)], far, [(0, 5000), (9000, 5000)]]),
            shapely.LineString(far),
            shapely.LineString([(0, 0), (9000, 100), (0, 0)]),
            shapely.LineString([(0, 0), (0, 9000)]),
        ]
    )
    shapes, owner = simplified_lines(lines, band)
    assert owner.tolist() == [0, 2, 3]
    assert [shape.geom_type for shape in shapes] == ["MultiLineString", "LineString", "LineString"]
    assert len(shapes[0].geoms) == 2
    assert all(part.length > 0 for shape in shapes for part in shapely.get_parts(shape))


def ragged_grids(database: duckdb.DuckDBPyConnection) -> dict[str, BaseGeometry]:
    """Nine neighbours of 12 km with borders that wave, and one within another level."""
    edges = np.linspace(-18_000, 18_000, 4)
    shapes = {}
    for column in range(3):
        for row in range(3):
            tile = shapely.box(edges[column], edges[row], edges[column + 1], edges[row + 1])
            ring = shapely.get_coordinates(shapely.segmentize(tile, 60.0))[:-1]
            ring = np.roll(ring, 97 * column + 61 * row, axis=0)  # no ring begins at a corner that it shares
            ring += 300 * np.sin(ring[:, ::-1] / 700) + 20 * np.sin(np.round(ring, 3) * 12.9898)
            shapes[f"{column}{row}"] = in_degrees(shapely.Polygon(ring))
    for key, shape in shapes.items():
        add_grid(database, key, shape)
    add_grid(database, "small", square(0, 0, 200, 200), level=3)
    return shapes


def test_neighbouring_grids_show_no_gaps_and_none_is_lost(database: duckdb.DuckDBPyConnection) -> None:
    shapes = ragged_grids(database)
    draw(database)
    rows = [row for row in drawn(database, "grids") if row[0] != "small"]
    for band in ZOOM_BANDS:
        at_band = [row for row in rows if row[1] == band.zoom_from]
        assert [row[0] for row in at_band] == sorted(shapes)
        pieces = [row[4] for row in at_band]
        whole = shapely.union_all(pieces)
        assert shapely.is_valid(pieces).all()
        assert sum(shapely.area(pieces)) - whole.area < 1e-6 * whole.area
        assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0
        for key, _, _, box, shape in at_band:
            assert shapely.hausdorff_distance(shape, judged(shapes[key])) < max(0.001, 2 * band.pixel_m)
            assert box == pytest.approx(shape.bounds)
            assert not shape.exterior.is_ccw
    points = [sum(shapely.get_num_coordinates(row[4]) for row in rows if row[1] == start) for start in BAND_STARTS]
    assert points == sorted(points)
    assert points[0] < points[-1] / 20


def test_a_grid_smaller_than_a_pixel_waits_for_its_zoom(database: duckdb.DuckDBPyConnection) -> None:
    ragged_grids(database)
    draw(database)
    starts = [row[1] for row in drawn(database, "grids") if row[0] == "small"]
    side_m = 200 / np.cos(np.radians(35.3))
    assert starts == [band.zoom_from for band in ZOOM_BANDS if side_m > band.pixel_m or band.is_exact]
    assert len(starts) < len(ZOOM_BANDS)


def test_grids_that_overlap_or_have_holes_are_drawn_too(database: duckdb.DuckDBPyConnection) -> None:
    hole = square(-20_000, -20_000, 20_000, 20_000).difference(square(-9000, -9000, 9000, 9000))
    add_grid(database, "ring", hole)
    add_grid(database, "across", square(-15_000, -5000, 30_000, 5000))
    add_grid(database, "twin", square(-15_000, -5000, 30_000, 5000))
    add_grid(database, "no level", square(0, 0, 30_000, 30_000), level=None)
    draw(database)
    rows = drawn(database, "grids")
    assert [row[0] for row in rows] == [key for key in ("across", "no level", "ring", "twin") for _ in ZOOM_BANDS]
    for key, *_, shape in rows:
        assert shape.is_valid
        assert not shape.exterior.is_ccw
        assert [ring.is_ccw for ring in shape.interiors] == ([True] if key == "ring" else [])


def test_an_outline_of_very_many_corners_takes_no_longer_than_others() -> None:
    angles = np.linspace(0, 2 * np.pi, 300_000, endpoint=False)
    reach_m = 30_000 * np.random.default_rng(5).uniform(0.9, 1.1, len(angles))
    huge = shapely.Polygon(np.column_stack([np.cos(angles), np.sin(angles)]) * reach_m[:, None])
    beside = shapely.box(40_000, 0, 90_000, 50_000)
    started = time.process_time()
    shapes, owner = simplified_areas(np.array([huge, beside]), ZoomBand(7, 8))
    assert time.process_time() - started < 10
    assert owner.tolist() == [0, 1]
    assert shapely.get_num_coordinates(shapes[0]) < 30_000
    assert shapes[1].equals(beside)


@pytest.mark.parametrize("table", ["cells", "routes", "rivers", "grids", "surroundings"])
def test_every_table_and_column_says_what_it_is(database: duckdb.DuckDBPyConnection, table: str) -> None:
    lay_cells(database, square(-900, -900, 900, 900), HERE, 500.0)
    draw(database)
    comments = database.execute(
        "select comment from duckdb_columns() where table_name = $table union all "
        "select comment from duckdb_tables() where table_name = $table union all "
        "select comment from duckdb_columns() where table_name = 'surroundings'",
        {"table": f"{table}_on_map"},
    ).fetchall()
    assert len(comments) > 10
    assert all(comment and len(comment.split("|")) == 3 for (comment,) in comments), comments


def test_an_empty_place_draws_nothing(database: duckdb.DuckDBPyConnection) -> None:
    draw(database, shapely.box(2.2, 48.8, 2.4, 48.9))
    for table in ("routes", "rivers", "grids", "surroundings"):
        assert drawn(database, table) == []
