"""The cells of a map page as one picture, laid out as the browser stretches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.class_breaks import FIRST, UNKNOWN, ZERO
from dashboard.palette import UNKNOWN_HATCH
from dashboard.tiles.cell_pictures import HATCH_LINE_PX, HATCH_STEP_PX
from dashboard.tiles.palette_png import rgba
from planning.ground import MapExtent

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from dashboard.tiles.cell_pictures import DrawnCells

_WIDEST_PX, _CELL_PX = 1_400, 8
_ZERO_OPACITY = 0.45
_SIDE_STEPS = 33


def cells_picture(cells: DrawnCells, theme: Theme) -> tuple[np.ndarray[Any, np.dtype[np.uint8]], MapExtent]:
    """Colours by row from the north, and the box that they fill; the rows lie evenly in spherical Mercator."""
    level = next((one for one in cells.levels if one.indices.shape[1] <= _WIDEST_PX), cells.levels[-1])
    square_m = cells.lattice.cell_size_m * level.side
    extent = _extent(cells, level.indices.shape, square_m)
    height, width = level.indices.shape
    scale = max(min(_CELL_PX, _WIDEST_PX // max(width, 1)), 1)
    lon, lat = np.meshgrid(_middles(extent.west, extent.east, width * scale), _mercator_rows(extent, height * scale))
    x_m, y_m = cells.lattice.projection.forward(lon, lat)
    row = np.floor((y_m - cells.j0 * cells.lattice.cell_size_m) / square_m).astype(np.int64)
    column = np.floor((x_m - cells.i0 * cells.lattice.cell_size_m) / square_m).astype(np.int64)
    is_on = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    at = (np.where(is_on, row, 0), np.where(is_on, column, 0))
    picture = _colours(cells, theme)[level.indices[at]]
    down, across = np.indices(row.shape)
    is_hatch = (down + across) % HATCH_STEP_PX < HATCH_LINE_PX
    picture[level.is_hatched[at] & is_hatch] = rgba(UNKNOWN_HATCH[theme])
    picture[~is_on] = 0
    return picture, extent


def _colours(cells: DrawnCells, theme: Theme) -> np.ndarray[Any, np.dtype[np.uint8]]:
    classes = cells.classes(theme)
    table = np.zeros((FIRST + len(classes.colours), 4), dtype=np.uint8)
    table[UNKNOWN] = rgba(classes.unknown_colour)
    table[ZERO] = rgba(classes.zero_colour, _ZERO_OPACITY)
    table[FIRST:] = [rgba(colour) for colour in classes.colours]
    return table


def _extent(cells: DrawnCells, shape: tuple[int, ...], square_m: float) -> MapExtent:
    """The box around the lattice, whose sides are bent in degrees."""
    west_m, south_m = cells.i0 * cells.lattice.cell_size_m, cells.j0 * cells.lattice.cell_size_m
    steps = np.linspace(0, 1, _SIDE_STEPS)
    x_m, y_m = np.meshgrid(west_m + steps * shape[1] * square_m, south_m + steps * shape[0] * square_m)
    lon, lat = cells.lattice.projection.inverse(x_m, y_m)
    return MapExtent(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def _middles(first: float, last: float, count: int) -> Any:  # noqa: ANN401
    return first + (last - first) * (np.arange(count) + 0.5) / count


def _mercator_rows(extent: MapExtent, count: int) -> Any:  # noqa: ANN401
    """The latitudes of the rows' middles, from the north."""
    south, north = (np.arcsinh(np.tan(np.radians(lat))) for lat in (extent.south, extent.north))
    return np.degrees(np.arctan(np.sinh(_middles(north, south, count))))
