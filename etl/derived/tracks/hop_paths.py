"""The edges that a truck took between two pings that lie on different ones: the shortest way, where it is likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Numbers, Places
    from etl.projection import LocalProjection

# A truck gets so far in the longest hop at the fastest; beyond it nothing is looked for.
LONGEST_PATH_KM = 35.0
# A way much longer than the straight line means that one of the two pings lies on the wrong road.
LIKELY_DETOUR = 1.6
SLACK_KM = 1.0
SOURCES_AT_ONCE = 64
BEFORE_NONE = -9999


class HopPaths:
    """Finds the way of each pair of edges once, and remembers it."""

    def __init__(self, database: duckdb.DuckDBPyConnection, projection: LocalProjection) -> None:
        edges = database.execute("select from_node, to_node, length_km from road_edges order by edge_id").fetchnumpy()
        nodes = database.execute("select lon, lat from road_nodes order by node_id").fetchnumpy()
        self._from: Places = np.asarray(edges["from_node"])
        self._to: Places = np.asarray(edges["to_node"])
        self._km: Numbers = np.asarray(edges["length_km"])
        self._x_m, self._y_m = projection.forward(nodes["lon"], nodes["lat"])
        self._known: set[tuple[int, int]] = set()
        self._paths: list[tuple[int, int, int, bool]] = []

    def learn(self, pairs: pa.Table) -> None:
        """Find the ways of those pairs of edges that are not known yet."""
        wanted = set(zip(pairs.column("from_edge").to_pylist(), pairs.column("to_edge").to_pylist(), strict=True))
        new = sorted(wanted - self._known)
        self._known |= wanted
        self._paths += [(edge, edge, edge, True) for edge, other in new if edge == other]
        apart = np.array([pair for pair in new if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
        # Sources in the order of their nodes are neighbours, so that each search covers a small part of the network.
        apart = apart[np.argsort(self._to[apart[:, 0]], kind="stable")] if len(apart) else apart
        sources = np.unique(self._to[apart[:, 0]]) if len(apart) else np.empty(0, dtype=np.int64)
        for start in range(0, len(sources), SOURCES_AT_ONCE):
            some = sources[start : start + SOURCES_AT_ONCE]
            low, high = np.searchsorted(self._to[apart[:, 0]], [some[0], some[-1] + 1])
            self._search(some, apart[low:high])

    def table(self) -> pa.Table:
        """One row per pair and edge of its way; a pair without a likely way has its two ends."""
        columns = np.array(self._paths, dtype=np.int64).reshape(-1, 4).T
        from_edge, to_edge, edge_id, is_joined = columns
        return pa.table({"from_edge": from_edge, "to_edge": to_edge, "edge_id": edge_id, "is_joined": is_joined > 0})

    def _search(self, sources: Places, pairs: Places) -> None:
        near = self._near(sources)
        number = np.full(len(self._x_m), -1, dtype=np.int64)
        number[near] = np.arange(len(near))
        inside = np.flatnonzero((number[self._from] >= 0) & (number[self._to] >= 0))
        # Of two edges between the same nodes the shorter is taken.
        inside = inside[np.lexsort((self._km[inside], number[self._to[inside]], number[self._from[inside]]))]
        begin, end = number[self._from[inside]], number[self._to[inside]]
        first = np.flatnonzero((np.diff(begin, prepend=-1) != 0) | (np.diff(end, prepend=-1) != 0))
        inside, begin, end = inside[first], begin[first], end[first]
        km = np.maximum(self._km[inside], 1e-9)
        matrix = csr_array((km, (begin, end)), shape=(len(near), len(near)))
        away, before = dijkstra(matrix, indices=number[sources], limit=LONGEST_PATH_KM, return_predecessors=True)
        edge_of = {(a, b): edge for a, b, edge in zip(begin.tolist(), end.tolist(), inside.tolist(), strict=True)}
        row_of = {int(node): row for row, node in enumerate(sources)}
        for from_edge, to_edge in pairs.tolist():
            row, target = row_of[int(self._to[from_edge])], int(number[self._from[to_edge]])
            way = None if target < 0 else self._way(from_edge, to_edge, away[row], before[row], target, edge_of)
            edges = (from_edge, to_edge) if way is None else way
            self._paths += [(from_edge, to_edge, edge, way is not None) for edge in edges]

    def _way(
        self,
        from_edge: int,
        to_edge: int,
        away: Numbers,
        before: Places,
        target: int,
        edge_of: dict[tuple[int, int], int],
    ) -> list[int] | None:
        between_km = float(away[target])
        straight_km = self._straight_km(self._to[from_edge], self._from[to_edge])
        if not between_km <= LIKELY_DETOUR * straight_km + SLACK_KM:
            return None
        way, node = [to_edge], target
        while before[node] != BEFORE_NONE:
            way.append(edge_of[int(before[node]), node])
            node = int(before[node])
        return [*way, from_edge]

    def _straight_km(self, start: int, end: int) -> float:
        return float(np.hypot(self._x_m[start] - self._x_m[end], self._y_m[start] - self._y_m[end])) / 1000

    def _near(self, sources: Places) -> Places:
        x_m, y_m, reach_m = self._x_m[sources], self._y_m[sources], LONGEST_PATH_KM * 1000
        is_near = (self._x_m >= x_m.min() - reach_m) & (self._x_m <= x_m.max() + reach_m)
        is_near &= (self._y_m >= y_m.min() - reach_m) & (self._y_m <= y_m.max() + reach_m)
        return np.flatnonzero(is_near)
