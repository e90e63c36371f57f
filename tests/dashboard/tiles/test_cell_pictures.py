from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from dashboard.class_breaks import FIRST, OUTSIDE, UNKNOWN, ZERO
from dashboard.tiles.cell_pictures import (
    HATCH_LINE_PX,
    HATCH_STEP_PX,
    HATCHED,
    DrawnCells,
    cell_picture,
    drawn_cells,
)
from dashboard.tiles.palette_png import clear_png
from dashboard.tiles.tile_address import Tile, tile_holding
from etl.datum import Datum, to_wgs84
from planning.atlas import Atlas

PIXELS = 500
HALF_M = 20037508.342789244
TO_DEGREES = Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)
WHERE = (107.42, 35.35)


class SlowJudge:
    """What each place must show, looked up cell by cell in the snapshot."""

    def __init__(self, atlas: Atlas, cells: DrawnCells, column: str, zoom: int) -> None:
        cursor = atlas.cursor()
        size, projection = cursor.execute("select cell_size_m, projection from build").fetchone() or (0, "")
        rows = cursor.execute(f"select i, j, {column} / area_km2, is_{column}_partly_unknown from cells").fetchall()
        self._side = cells.level_at(zoom).side
        self._size, self._to_metres = size, Transformer.from_crs("EPSG:4326", projection, always_xy=True)
        self._i0, self._j0 = min(row[0] for row in rows), min(row[1] for row in rows)
        self._index: dict[tuple[int, int], tuple[int, bool]] = {}
        for i, j, value, is_partly_unknown in rows:
            square = ((i - self._i0) // self._side, (j - self._j0) // self._side)
            index, is_hatched = self._index.get(square, (OUTSIDE, False))
            own = self._class(value, cells.breaks)
            self._index[square] = (max(index, own), is_hatched or is_partly_unknown or own == UNKNOWN)

    @staticmethod
    def _class(value: float | None, breaks: tuple[float, ...]) -> int:
        if value is None:
            return UNKNOWN
        value = float(np.float32(value))
        return ZERO if value <= 0 else FIRST + sum(value >= one for one in breaks)

    def index(self, tile: Tile, px: float, py: float) -> tuple[int, bool]:
        span = 2 * HALF_M / 2**tile.z
        lon, lat = TO_DEGREES.transform(-HALF_M + (tile.x + px / 256) * span, HALF_M - (tile.y + py / 256) * span)
        lon, lat = (float(one) for one in to_wgs84(lon, lat, tile.datum))
        x, y = self._to_metres.transform(lon, lat)
        if not np.isfinite(x + y):
            return OUTSIDE, False
        column, row = (int((one / self._size - first) // self._side) for one, first in ((x, self._i0), (y, self._j0)))
        return self._index.get((column, row), (OUTSIDE, False))


def drawn(picture: bytes) -> np.ndarray[Any, Any]:
    image = Image.open(io.BytesIO(picture))
    image.load()
    assert (image.mode, image.size) == ("P", (256, 256))
    return np.asarray(image)


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
@pytest.mark.parametrize("measure", ["drivers", "people"])
@pytest.mark.parametrize("zoom", [2, 5, 7, 8, 9, 10, 11, 13, 16])
def test_each_pixel_shows_the_cell_that_lies_there(atlas: Atlas, measure: str, zoom: int, datum: Datum) -> None:
    cells = drawn_cells(atlas, measure)
    x, y = tile_holding(*WHERE, zoom)
    tile = Tile(zoom, int(x), int(y), datum)
    picture = drawn(cell_picture(cells, tile, "light"))
    judge = SlowJudge(atlas, cells, measure, zoom)
    on_border = 0
    for px, py in np.random.default_rng(zoom).integers(0, 256, (PIXELS, 2)).tolist():
        shown = int(picture[py, px])
        index, is_hatched = judge.index(tile, px + 0.5, py + 0.5)
        is_line = is_hatched and (px + py) % HATCH_STEP_PX < HATCH_LINE_PX
        if shown != index + HATCHED * is_line:
            nearby = [judge.index(tile, px + 0.5 + dx, py + 0.5 + dy) for dx in (-0.1, 0.1) for dy in (-0.1, 0.1)]
            assert shown % HATCHED in {one for one, _ in nearby}, (px, py)
            on_border += 1
    assert on_border <= PIXELS / 50


def test_the_sample_has_all_there_is_to_draw(atlas: Atlas) -> None:
    found = {int(one) for one in np.unique(drawn_cells(atlas, "people").levels[0].indices)}
    assert found >= {OUTSIDE, UNKNOWN, ZERO, FIRST, FIRST + 1}


def test_far_away_no_cell_with_people_gets_lost(atlas: Atlas) -> None:
    cells = drawn_cells(atlas, "people")
    highest = max(int(level.indices.max()) for level in cells.levels[:1])
    assert {int(level.indices.max()) for level in cells.levels} == {highest}
    x, y = tile_holding(*WHERE, 4)
    assert drawn(cell_picture(cells, Tile(4, int(x), int(y)), "light")).any()


def test_where_nothing_is_all_tiles_are_one_and_the_same_clear_picture(atlas: Atlas) -> None:
    cells = drawn_cells(atlas, "drivers")
    for tile in (Tile(9, 0, 0), Tile(22, 4_194_303, 4_194_303), Tile(1, 0, 1), Tile(12, 3269, 1500)):
        picture = cell_picture(cells, tile, "dark")
        assert picture is clear_png(256)
    image = Image.open(io.BytesIO(clear_png(256))).convert("RGBA")
    assert image.getextrema()[3] == (0, 0)


def test_the_colours_are_those_of_the_theme_and_of_the_legend(atlas: Atlas) -> None:
    cells = drawn_cells(atlas, "drivers")
    x, y = tile_holding(*WHERE, 10)
    seen = {}
    for theme in ("light", "dark"):
        picture = cell_picture(cells, Tile(10, int(x), int(y)), theme)
        image = Image.open(io.BytesIO(picture)).convert("RGBA")
        colours = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b, a) in image.getcolors() or [] if a == 255}
        classes = cells.classes(theme)
        assert len(colours & set(classes.colours)) >= 3
        seen[theme] = colours & set(classes.colours)
    assert len(seen["light"] & seen["dark"]) < 2
