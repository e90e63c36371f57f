"""The cells of a picture, coloured by a measure; in the place's own projection each is a plain square."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from dashboard.class_breaks import FIRST, UNKNOWN, ZERO
from dashboard.palette import UNKNOWN_HATCH
from dashboard.pictures.ground_layer import CELLS_ABOVE
from dashboard.tiles.palette_png import rgba

if TYPE_CHECKING:
    from dashboard.class_breaks import Classes
    from dashboard.palette import Theme
    from dashboard.pictures.map_frame import MapFrame
    from dashboard.tiles.cell_pictures import DrawnCells, Flags, Indices

_ZERO_OPACITY = 0.45
_OPACITY = 0.85
_DOT_PX, _STEP, _FINEST = 3, 3, 24
_SHARPEST = 4_000


def draw_cells(frame: MapFrame, cells: DrawnCells, theme: Theme) -> None:
    """The whole lattice as one picture; partly unknown cells are hatched as in the legend."""
    pixel_m = 1 / frame.metre_px
    size_m = cells.lattice.cell_size_m
    level = next((one for one in cells.levels if one.side * size_m >= pixel_m), cells.levels[-1])
    square_m, west_m, south_m = level.side * size_m, cells.i0 * size_m, cells.j0 * size_m
    (west, east), (south, north) = frame.axes.get_xlim(), frame.axes.get_ylim()
    rows = _in_sight(south - south_m, north - south_m, square_m, level.indices.shape[0])
    columns = _in_sight(west - west_m, east - west_m, square_m, level.indices.shape[1])
    if not len(rows) or not len(columns):
        return
    extent = (
        west_m + columns.start * square_m,
        west_m + columns.stop * square_m,
        south_m + rows.start * square_m,
        south_m + rows.stop * square_m,
    )
    at = np.ix_(rows, columns)
    fine = _fineness(frame, square_m, max(len(rows), len(columns)))
    picture = cell_colours(level.indices[at], level.is_hatched[at], cells.classes(theme), theme, fine=fine)
    frame.axes.imshow(
        picture, extent=extent, origin="lower", interpolation="nearest", zorder=CELLS_ABOVE, aspect="equal"
    )
    frame.axes.set_xlim(west, east)
    frame.axes.set_ylim(south, north)


def _in_sight(least_m: float, most_m: float, square_m: float, count: int) -> range:
    """The rows or columns that are in sight."""
    return range(max(floor(least_m / square_m), 0), min(ceil(most_m / square_m), count))


def _fineness(frame: MapFrame, square_m: float, count: int) -> int:
    """In how many dots a cell is drawn each way, for its hatching: as many as there is room for."""
    return max(min(round(frame.metre_px * square_m / _DOT_PX), _FINEST, _SHARPEST // count), 1)


def cell_colours(indices: Indices, is_hatched: Flags, classes: Classes, theme: Theme, *, fine: int) -> Indices:
    """Colours by row; each cell in so many dots that its hatching can be drawn."""
    table = np.zeros((FIRST + len(classes.colours), 4), dtype=np.uint8)
    table[UNKNOWN] = rgba(classes.unknown_colour, _OPACITY)
    table[ZERO] = rgba(classes.zero_colour, _ZERO_OPACITY)
    table[FIRST:] = [rgba(colour, _OPACITY) for colour in classes.colours]
    picture = np.repeat(np.repeat(table[indices], fine, axis=0), fine, axis=1)
    if fine >= _STEP:
        hatched = np.repeat(np.repeat(is_hatched, fine, axis=0), fine, axis=1)
        row, column = np.indices(hatched.shape)
        picture[hatched & ((row - column) % _STEP == 0)] = rgba(UNKNOWN_HATCH[theme], _OPACITY)
    return picture
