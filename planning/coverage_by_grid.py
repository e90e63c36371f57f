"""How much of each grid's drivers is covered, counted on the cells that lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.cell_table import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.coverage import Coverage


@dataclass(frozen=True)
class CoveredDrivers:
    """Of one grid's own cells; the share is one of the drivers that are known."""

    drivers: float
    covered: float
    possible: float

    @property
    def pct(self) -> float | None:
        return 100 * self.covered / self.drivers if self.drivers > 0 else None


def covered_drivers(found: Coverage) -> Mapping[str, CoveredDrivers]:
    """Of each grid that holds cells by itself; those above it are the sums of these."""
    cells = found.cells
    held = cells.grid != NOWHERE
    drivers = np.nan_to_num(cells.drivers)
    sums = [
        np.bincount(cells.grid[held], weights=(drivers * chosen)[held], minlength=len(cells.grid_ids))
        for chosen in (np.ones(len(cells)), found.is_covered, found.may_be_covered)
    ]
    return {
        grid_id: CoveredDrivers(*(float(one[place]) for one in sums)) for place, grid_id in enumerate(cells.grid_ids)
    }
