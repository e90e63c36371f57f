"""Kilometres along a road that has no stakes: counted on the longest way through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

if TYPE_CHECKING:
    from etl.derived.road_network.arrays import Numbers, Places

# Two carriageways lie side by side; pieces one behind the other do not.
BESIDE = 0.5
BEFORE_NONE = -9999


@dataclass(frozen=True)
class ReferenceLine:
    """A line through the nodes of a road, and how many km it is to each of its corners by road."""

    x_m: Numbers
    y_m: Numbers
    km: Numbers

    def km_at(self, x_m: Numbers, y_m: Numbers) -> Numbers:
        """How far along the line the nearest spot of it is."""
        if len(self.x_m) < 2:
            return np.zeros(len(x_m))
        corners = np.column_stack((self.x_m, self.y_m))
        line = shapely.LineString(corners)
        points: Any = shapely.points(x_m, y_m)
        along_m = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))))
        found: Numbers = np.interp(shapely.line_locate_point(line, points), along_m, self.km)
        return found

    def turned(self) -> ReferenceLine:
        return ReferenceLine(self.x_m[::-1], self.y_m[::-1], self.km[-1] - self.km[::-1])

    def begins_in_the_west(self) -> ReferenceLine:
        """So that kilometres rise eastwards, or northwards on roads that run north more than east."""
        east, north = float(self.x_m[-1] - self.x_m[0]), float(self.y_m[-1] - self.y_m[0])
        runs_on = east > 0 if abs(east) >= abs(north) else north > 0
        return self if runs_on else self.turned()

    def with_piece(self, piece: ReferenceLine) -> ReferenceLine:
        """Longer by a piece that lies beyond one of its ends; a piece that lies beside it adds nothing."""
        ends_x, ends_y = piece.x_m[[0, -1]], piece.y_m[[0, -1]]
        begin_km, end_km = self.km_at(ends_x, ends_y)
        if abs(end_km - begin_km) >= BESIDE * piece.km[-1]:
            return self
        ways = [(first, second) for first in (self, self.turned()) for second in (piece, piece.turned())]
        gap_km, first, second = min(((_gap_km(*way), *way) for way in ways), key=lambda way: way[0])
        return ReferenceLine(
            np.concatenate((first.x_m, second.x_m)),
            np.concatenate((first.y_m, second.y_m)),
            np.concatenate((first.km, first.km[-1] + gap_km + second.km)),
        )


def reference_line(from_node: Places, to_node: Places, length_km: Numbers, x_m: Numbers, y_m: Numbers) -> ReferenceLine:
    """The line of a road given by its edges; `x_m` and `y_m` are those of all nodes."""
    nodes, ends = np.unique(np.concatenate((from_node, to_node)), return_inverse=True)
    begin, end = ends[: len(from_node)], ends[len(from_node) :]
    size = len(nodes)
    roads = coo_array((np.maximum(length_km, 1e-9), (begin, end)), shape=(size, size)).tocsr()
    count, piece = connected_components(roads, directed=False)
    lines = []
    for number in range(count):
        way, km = _longest_way(roads, np.flatnonzero(piece == number))
        lines.append(ReferenceLine(x_m[nodes[way]], y_m[nodes[way]], km))
    lines.sort(key=lambda line: -line.km[-1])
    whole = lines[0]
    for line in lines[1:]:
        whole = whole.with_piece(line)
    return whole.begins_in_the_west()


def _longest_way(roads: Any, among: Places) -> tuple[Places, Numbers]:  # noqa: ANN401
    """The way from the node that is farthest from any one to the node that is farthest from it."""
    away = dijkstra(roads, directed=False, indices=among[0])
    start = among[np.argmax(away[among])]
    away, before = dijkstra(roads, directed=False, indices=start, return_predecessors=True)
    node = int(among[np.argmax(away[among])])
    way = [node]
    while before[node] != BEFORE_NONE:
        node = int(before[node])
        way.append(node)
    found = np.array(way[::-1], dtype=np.int64)
    return found, away[found]


def _gap_km(first: ReferenceLine, second: ReferenceLine) -> float:
    return float(np.hypot(first.x_m[-1] - second.x_m[0], first.y_m[-1] - second.y_m[0])) / 1000
