"""The cells by how far the nearest fitting station is: near, at the limit, beyond it, and without a way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.class_breaks import Classes
from dashboard.palette import BEYOND, WITHIN
from dashboard.tiles.cell_pictures import DrawnCells, levels_of
from dashboard.tiles.tile_memory import TileMemory

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas
    from planning.coverage import Coverage

KEPT_BYTES = 96_000_000
FAR = 1.5  # beyond the limit by half of it
NO_WAY = 1e9  # stands for what no way leads to
_LEAST = 1e-6  # a cell at the very station is near it, and not without a number
COLOURS = {theme: (*WITHIN[theme], *BEYOND[theme]) for theme in WITHIN}

_drawn: TileMemory[DrawnCells] = TileMemory(KEPT_BYTES, lambda cells: cells.size_bytes)


def coverage_cells(atlas: Atlas, choice: CoverageChoice) -> DrawnCells:
    """The cells of one question, made ready to draw; kept, since a map asks for many tiles of it."""
    key = (atlas.path, *choice.parameters(atlas).values())
    return _drawn.recall(key, lambda: cells_of(choice.of(atlas)))


def limits(within: float) -> tuple[float, ...]:
    """Where the classes end: about thirds of what is near enough, and that half as much again."""
    return (float(round(within / 3)), float(round(within * 2 / 3)), within, float(round(within * FAR)))


def cells_of(found: Coverage) -> DrawnCells:
    """The cells of one coverage, made ready to draw."""
    cells = found.cells
    # What is exactly at a limit is within it.
    breaks = (*(float(np.nextafter(limit, np.inf)) for limit in limits(found.within)), NO_WAY)
    classes = Classes(breaks, COLOURS["light"], "", "")
    cost = np.clip(found.reach.cost, _LEAST, 2 * NO_WAY)
    indices: Any = np.zeros(cells.shape, dtype=np.uint8)
    indices[cells.square] = classes.index(cost)
    is_hatched: Any = np.zeros(cells.shape, dtype=np.bool_)
    is_hatched[cells.square] = found.may_be_covered & ~found.is_covered
    return DrawnCells(
        levels=levels_of(indices, is_hatched),
        breaks=breaks,
        i0=int(cells.i.min()) if len(cells) else 0,
        j0=int(cells.j.min()) if len(cells) else 0,
        lattice=cells.lattice,
        colours=COLOURS,
    )
