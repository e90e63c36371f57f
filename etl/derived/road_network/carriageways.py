"""The two carriageways of a divided road: which of them a station beside it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from etl.derived.road_network.arrays import Flags, Numbers, Places
    from etl.derived.road_network.drawn_lines import DrawnLines

# Carriageways of one road lie nearer to each other than this, also where a service area lies between them.
APART_M = 400.0
_STEP_M = 5.0  # the course at a spot is that of so much road before and behind it
NONE = -1


@dataclass(frozen=True)
class Carriageways:
    """Lines that are driven one way and met by no crossing."""

    lines: DrawnLines
    closed: Places  # numbers of those lines

    def others(self, line: Places, points: Any) -> Places:  # noqa: ANN401
        """For each line at each point the nearest carriageway that runs the other way; -1 where there is none."""
        found = np.full(len(line), NONE, dtype=np.int64)
        if not len(self.closed):
            return found
        tree = shapely.STRtree(self.lines.shapes_m[self.closed])
        thing, place = tree.query(points, predicate="dwithin", distance=APART_M)
        other = self.closed[place]
        runs_back = (
            np.einsum("ij,ij->i", self._course(line[thing], points[thing]), self._course(other, points[thing])) < 0
        )
        thing, other = thing[runs_back], other[runs_back]
        order = np.lexsort((other, shapely.distance(self.lines.shapes_m[other], points[thing])))[::-1]
        found[thing[order]] = other[order]  # the nearest is written last
        return found

    def directions(self, line: Places) -> list[str | None]:
        """The direction that each line is said to run in."""
        told = self.lines.routes.column("direction").to_pylist()
        return [told[self.lines.route[one]] if one != NONE else None for one in line]

    def are_closed(self, line: Places) -> Flags:
        return np.isin(line, self.closed)

    def _course(self, line: Places, points: Any) -> Numbers:  # noqa: ANN401
        shapes = self.lines.shapes_m[line]
        along_m = shapely.line_locate_point(shapes, points)
        before = shapely.line_interpolate_point(shapes, np.maximum(along_m - _STEP_M, 0.0))
        behind = shapely.line_interpolate_point(shapes, along_m + _STEP_M)
        return np.column_stack(
            (shapely.get_x(behind) - shapely.get_x(before), shapely.get_y(behind) - shapely.get_y(before))
        )
