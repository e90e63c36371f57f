"""The cells of a build as arrays, in the order of their numbers: what every answer about cells is a list beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from planning.cell_raster import Lattice, lattice_of
from planning.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    import pyarrow as pa

    from planning.atlas import Atlas

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

NOWHERE = -1


@dataclass(frozen=True)
class CellTable:
    """One entry per cell; not a number where nothing is known."""

    lattice: Lattice
    cell_id: Places
    i: Places
    j: Places
    lon: Numbers
    lat: Numbers
    area_km2: Numbers
    drivers: Numbers
    is_drivers_partly_unknown: Flags
    people: Numbers
    is_people_partly_unknown: Flags
    grid: Places  # its place in `grid_ids`, -1 where no grid holds the cell
    grid_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.cell_id)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the box around all cells."""
        if not len(self):
            return (0, 0)
        return int(np.ptp(self.j)) + 1, int(np.ptp(self.i)) + 1

    @cached_property
    def square(self) -> tuple[Places, Places]:
        """Row and column of each cell in that box."""
        if not len(self):
            return self.j, self.i
        return self.j - self.j.min(), self.i - self.i.min()

    def at(self, lon: Numbers, lat: Numbers) -> Places:
        """The cell that holds each spot, -1 outside the place."""
        x_m, y_m = self.lattice.projection.forward(lon, lat)
        size_m = self.lattice.cell_size_m
        found = np.full(len(x_m), NOWHERE, dtype=np.int64)
        if not len(self):
            return found
        row, column = (
            np.floor(np.nan_to_num(along_m, nan=np.inf) / size_m) - axis.min()
            for along_m, axis in ((y_m, self.j), (x_m, self.i))
        )
        inside = (row >= 0) & (row < self.shape[0]) & (column >= 0) & (column < self.shape[1])
        found[inside] = self._number_of_square[row[inside].astype(np.int64), column[inside].astype(np.int64)]
        return found

    @cached_property
    def _number_of_square(self) -> Any:  # noqa: ANN401
        numbers = np.full(self.shape, NOWHERE, dtype=np.int64)
        numbers[self.square] = np.arange(len(self))
        return numbers


_tables: SnapshotCache[CellTable] = SnapshotCache(limit=2)


def cell_table(atlas: Atlas) -> CellTable:
    """The cells of a snapshot, read once."""
    return _tables.get(atlas.path, "cells", lambda: _read(atlas))


def _read(atlas: Atlas) -> CellTable:
    rows = atlas.query("cell_table")
    grids = rows.column("grid_id").combine_chunks().dictionary_encode()
    return CellTable(
        lattice=lattice_of(atlas),
        **{name: _column(rows, name, np.int64) for name in ("cell_id", "i", "j")},
        **{name: _column(rows, name, np.float64) for name in ("lon", "lat", "area_km2", "drivers", "people")},
        **{name: _column(rows, name, np.bool_) for name in ("is_drivers_partly_unknown", "is_people_partly_unknown")},
        grid=grids.indices.fill_null(NOWHERE).to_numpy().astype(np.int64),
        grid_ids=tuple(grids.dictionary.to_pylist()),
    )


def _column(rows: pa.Table, name: str, kind: type) -> Any:  # noqa: ANN401  (null becomes not a number)
    return rows.column(name).to_numpy().astype(kind)
