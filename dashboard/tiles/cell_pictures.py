"""The cells as pictures: each pixel takes the colour of the cell that its middle lies in.

Where cells are smaller than pixels, they are taken together in squares of 2, 4, 8 … to a side, and each square
shows the highest class in it: else most of the few cells where people live would fall between the pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

from dashboard.class_breaks import FIRST, OUTSIDE, UNKNOWN, ZERO, Classes, class_breaks
from dashboard.palette import UNKNOWN_HATCH, UNKNOWN_VALUE, ZERO_VALUE, sequential
from dashboard.tiles.palette_png import Rgba, clear_png, palette_png, rgba
from dashboard.tiles.tile_memory import TileMemory
from etl.projection import TILE_PX, pixel_on_map_m
from planning.cell_raster import CellRaster, Lattice, cell_raster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.palette import Theme
    from dashboard.tiles.tile_address import Tile
    from etl.projection import Numbers
    from planning.atlas import Atlas

Indices: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"
Whole: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

Squares = TypeVar("Squares", Indices, Flags)

HATCHED = 16  # added to the index of a pixel that a line of the hatching runs through
HATCH_STEP_PX, HATCH_LINE_PX = 8, 2  # the step divides a tile's side, so that lines run on in the next tile
ZERO_OPACITY = 0.45
KEPT_BYTES = 128_000_000
_CONTROL_PX = 16
_FAR_M = 1e12  # stands for what the projection does not reach: beyond any cell, and still a number


@dataclass(frozen=True)
class Level:
    """Squares of `side` cells to a side, by row from the south and column from the west."""

    side: int
    indices: Indices
    is_hatched: Flags

    @property
    def size_bytes(self) -> int:
        return self.indices.nbytes + self.is_hatched.nbytes


@dataclass(frozen=True)
class DrawnCells:
    """A measure of one build, as indices of colours: what the tiles of it are cut from."""

    levels: tuple[Level, ...]  # from single cells to all of them together
    breaks: tuple[float, ...]
    i0: int
    j0: int
    lattice: Lattice
    colours: Mapping[Theme, tuple[str, ...]] | None = None  # of the classes, where they don't rise from little to much

    @property
    def size_bytes(self) -> int:
        return sum(level.size_bytes for level in self.levels)

    def level_at(self, zoom: int) -> Level:
        """The finest level whose squares are no smaller than a pixel."""
        middle = math.radians(self.lattice.projection.centre_lat_deg)
        pixel_m = pixel_on_map_m(zoom) * math.cos(middle)
        wanted = pixel_m / self.lattice.cell_size_m
        return next((level for level in self.levels if level.side >= wanted), self.levels[-1])

    def classes(self, theme: Theme) -> Classes:
        """The classes with their colours, for pictures and for the legend alike."""
        colours = self.colours[theme] if self.colours else sequential(theme, len(self.breaks) + 1)
        return Classes(self.breaks, colours, ZERO_VALUE[theme], UNKNOWN_VALUE[theme])


_drawn: TileMemory[DrawnCells] = TileMemory(KEPT_BYTES, lambda cells: cells.size_bytes)


def drawn_cells(atlas: Atlas, measure: str) -> DrawnCells:
    """A measure of a build, made ready to draw; kept, since that reads all cells."""
    return _drawn.recall((atlas.path, measure), lambda: _drawn_from(cell_raster(atlas, measure)))


def cell_picture(cells: DrawnCells, tile: Tile, theme: Theme) -> bytes:
    """The tile as PNG; one and the same picture wherever there is nothing to draw."""
    level = cells.level_at(tile.z)
    row, column = _places(cells, level.side, tile)
    height, width = level.indices.shape
    if height == 0 or not (row.max() >= 0 and row.min() < height and column.max() >= 0 and column.min() < width):
        return clear_png(TILE_PX)
    is_on = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    at = (np.where(is_on, row, 0), np.where(is_on, column, 0))
    picture = np.where(is_on, level.indices[at], np.uint8(OUTSIDE))
    if not picture.any():
        return clear_png(TILE_PX)
    picture[_hatching() & is_on & level.is_hatched[at]] += HATCHED
    return palette_png(picture, _colours(cells.classes(theme), theme))


def _drawn_from(raster: CellRaster) -> DrawnCells:
    breaks = class_breaks(raster.values)
    indices = Classes(breaks, ("",) * (len(breaks) + 1), "", "").index(raster.values)
    indices[~raster.is_inside] = OUTSIDE
    levels = levels_of(indices, (indices == UNKNOWN) | raster.is_partly_unknown)
    return DrawnCells(levels=levels, breaks=breaks, i0=raster.i0, j0=raster.j0, lattice=raster.lattice)


def levels_of(indices: Indices, is_hatched: Flags) -> tuple[Level, ...]:
    """Single cells, and ever more of them together."""
    levels = [Level(1, indices, is_hatched)]
    while max(levels[-1].indices.shape) > 1:
        last = levels[-1]
        levels.append(Level(last.side * 2, _highest_of_four(last.indices), _highest_of_four(last.is_hatched)))
    return tuple(levels)


def _highest_of_four(squares: Squares) -> Squares:
    """Half as many rows and columns; the classes rise with their numbers, and any is more than outside."""
    height, width = squares.shape
    even = np.pad(squares, ((0, height % 2), (0, width % 2)))
    pairs = np.maximum(even[0::2], even[1::2])
    return np.maximum(pairs[:, 0::2], pairs[:, 1::2])


def _places(cells: DrawnCells, side: int, tile: Tile) -> tuple[Whole, Whole]:
    """Row and column of each pixel, counted in squares of so many cells.

    They are exact at a net of points, and lie on straight lines in between.
    """
    net_px = np.arange(0, TILE_PX + 1, _CONTROL_PX)
    lon, lat = tile.degrees(*np.meshgrid(net_px, net_px))
    x_m, y_m = cells.lattice.projection.forward(lon, lat)
    row = (np.nan_to_num(y_m, nan=_FAR_M) / cells.lattice.cell_size_m) - cells.j0
    column = (np.nan_to_num(x_m, nan=_FAR_M) / cells.lattice.cell_size_m) - cells.i0
    return _whole_at_pixels(row / side), _whole_at_pixels(column / side)


def _whole_at_pixels(net: Numbers) -> Whole:
    # Not a product of matrices: its threads, where other work keeps the cores busy, wait for one another.
    return np.floor(_between(_between(net).T).T).astype(np.int64)


def _between(net: Numbers) -> Numbers:
    """Values at the middles of pixels, along the first axis, from those at the points of the net."""
    place = (np.arange(TILE_PX) + 0.5) / _CONTROL_PX
    before = place.astype(np.int64)
    return net[before] + (net[before + 1] - net[before]) * (place - before)[:, None]


@cache
def _hatching() -> Flags:
    """The pixels of slanting lines."""
    px = np.arange(TILE_PX)
    return (px[:, None] + px[None, :]) % HATCH_STEP_PX < HATCH_LINE_PX


def _colours(classes: Classes, theme: Theme) -> list[Rgba]:
    plain: list[Rgba] = [(0, 0, 0, 0)] * FIRST
    plain[UNKNOWN] = rgba(classes.unknown_colour)
    plain[ZERO] = rgba(classes.zero_colour, ZERO_OPACITY)
    plain += [rgba(colour) for colour in classes.colours]
    filler = [(0, 0, 0, 0)] * (HATCHED - len(plain))
    return [*plain, *filler, *[rgba(UNKNOWN_HATCH[theme])] * len(plain)]
