"""The outline of cells that lie together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from planning.cell_table import CellTable, Places


def outline_of(cells: CellTable, chosen: Places) -> Any:  # noqa: ANN401  (a polygon or several, WGS-84)
    """The squares of some cells as one shape; those of a row that lie side by side are first made one."""
    order = chosen[np.lexsort((cells.i[chosen], cells.j[chosen]))]
    i, j = cells.i[order], cells.j[order]
    begins = np.flatnonzero((np.diff(j, prepend=j[:1] - 1) != 0) | (np.diff(i, prepend=i[:1] - 2) != 1))
    ends = np.append(begins[1:], len(order)) - 1
    size_m = cells.lattice.cell_size_m
    bars = shapely.box(i[begins] * size_m, j[begins] * size_m, (i[ends] + 1) * size_m, (j[ends] + 1) * size_m)
    return cells.lattice.projection.to_degrees(shapely.union_all(bars))
