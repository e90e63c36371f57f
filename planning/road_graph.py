"""The road network of a snapshot in memory, and the minutes that a truck takes on it.

Turns are not known: a truck may turn round at any node, and waits nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planning.snapshot_cache import SnapshotCache
from planning.standards import standard

if TYPE_CHECKING:
    import pyarrow as pa

    from planning.atlas import Atlas
    from planning.standards import Standards

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int32]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"
Profile: TypeAlias = Literal["truck", "hazmat_truck"]

_GRAPHS_HELD = 2
_SOURCES_AT_ONCE = 50  # so many rows of all nodes are held while they are searched
_LEAST_MIN = 1e-9  # a search takes nothing for no edge
_STANDARD_OF_CLASS = {
    "expressway": "truck_expressway_km_per_h",
    "first": "truck_first_km_per_h",
    "second": "truck_second_km_per_h",
    "third": "truck_third_km_per_h",
    "fourth": "truck_fourth_km_per_h",
    "ramp": "truck_ramp_km_per_h",
    "street": "truck_street_km_per_h",
    # tags of OpenStreetMap
    "motorway_link": "truck_ramp_km_per_h",
    "trunk_link": "truck_ramp_km_per_h",
    "primary_link": "truck_ramp_km_per_h",
    "secondary_link": "truck_ramp_km_per_h",
    "tertiary_link": "truck_ramp_km_per_h",
    "residential": "truck_street_km_per_h",
}
_STANDARD_OF_THE_REST = "truck_minor_road_km_per_h"


@dataclass(frozen=True)
class RoadGraph:
    """Nodes by number, and edges by number: those from a node are `first_edge[node]` to `first_edge[node + 1]`."""

    lon: Numbers
    lat: Numbers
    component: Places
    first_edge: Places
    from_node: Places
    to_node: Places
    length_km: Numbers
    posted_km_per_h: Numbers  # not a number where unknown
    classes: tuple[str, ...]
    road_class: Places  # of each edge its place in `classes`
    may_truck_pass: Flags
    may_hazmat_pass: Flags

    @property
    def nodes(self) -> int:
        return len(self.lon)


_graphs: SnapshotCache[RoadGraph] = SnapshotCache(_GRAPHS_HELD)


def road_graph(atlas: Atlas) -> RoadGraph:
    """The network of a snapshot, read once."""
    return _graphs.get(
        atlas.path, "road_graph", lambda: graph_from(atlas.query("road_nodes"), atlas.query("road_edges"))
    )


def edge_minutes(
    graph: RoadGraph, profile: Profile, standards: Standards | None = None, hour: int | None = None
) -> Numbers:
    """The minutes that each edge takes, at an hour of the day; without end where the truck may not pass."""
    speeds = np.array([_speed_km_per_h(one, profile, standards) for one in graph.classes], dtype=np.float64)
    speed_km_per_h = np.fmin(speeds[graph.road_class], graph.posted_km_per_h)
    minutes = np.maximum(60.0 * graph.length_km / speed_km_per_h, _LEAST_MIN)
    may_pass = graph.may_truck_pass & (graph.may_hazmat_pass | (profile == "truck"))
    if profile == "hazmat_truck" and _is_banned_at(hour, standards) and "expressway" in graph.classes:
        may_pass &= graph.road_class != graph.classes.index("expressway")
    return np.where(may_pass, minutes, np.inf)


def minutes_matrix(graph: RoadGraph, minutes: Numbers) -> csr_array:
    """The quickest edge from node to node, without those that may not be driven, as searches read it."""
    passable = np.flatnonzero(np.isfinite(minutes))
    from_node, to_node, minutes = graph.from_node[passable], graph.to_node[passable], minutes[passable]
    begins = (np.diff(from_node, prepend=-1) > 0) | (np.diff(to_node, prepend=-1) != 0)
    first = np.flatnonzero(begins)
    quickest = np.minimum.reduceat(minutes, first) if len(first) else minutes
    bounds = np.searchsorted(from_node[first], np.arange(graph.nodes + 1)).astype(np.int32)
    return csr_array((quickest, to_node[first], bounds), shape=(graph.nodes, graph.nodes))


def minutes_between(
    graph: RoadGraph,
    profile: Profile,
    pairs: Any,  # noqa: ANN401  (two columns of nodes)
    standards: Standards | None = None,
) -> Numbers:
    """The minutes from node to node for each pair; without end where no way leads there."""
    matrix = minutes_matrix(graph, edge_minutes(graph, profile, standards))
    source, target = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
    sources, row = np.unique(source, return_inverse=True)
    found = np.full(len(source), np.inf)
    for start in range(0, len(sources), _SOURCES_AT_ONCE):
        some = sources[start : start + _SOURCES_AT_ONCE]
        chosen = (row >= start) & (row < start + len(some))
        found[chosen] = dijkstra(matrix, indices=some)[row[chosen] - start, target[chosen]]
    return found


def _speed_km_per_h(road_class: str, profile: Profile, standards: Standards | None) -> float:
    speed = standard(_STANDARD_OF_CLASS.get(road_class, _STANDARD_OF_THE_REST), standards).value
    if profile == "truck":
        return speed
    limit = "hazmat_expressway_km_per_h" if road_class == "expressway" else "hazmat_other_road_km_per_h"
    return min(speed, standard(limit, standards).value)


def _is_banned_at(hour: int | None, standards: Standards | None) -> bool:
    """Whether expressways may be closed to dangerous goods then."""
    if hour is None:
        return False
    begins, ends = (standard(f"hazmat_ban_{end}_hour", standards).value for end in ("from", "to"))
    return begins <= hour < ends


def graph_from(nodes: pa.Table, edges: pa.Table) -> RoadGraph:
    """A graph from the rows of `road_nodes.sql` and `road_edges.sql`."""
    from_node = _column(edges, "from_node")
    classes = edges.column("class").combine_chunks().dictionary_encode()
    return RoadGraph(
        lon=_column(nodes, "lon"),
        lat=_column(nodes, "lat"),
        component=_column(nodes, "component"),
        first_edge=np.searchsorted(from_node, np.arange(len(nodes) + 1)).astype(np.int32),
        from_node=from_node,
        to_node=_column(edges, "to_node"),
        length_km=_column(edges, "length_km"),
        posted_km_per_h=_column(edges, "speed_km_per_h"),
        classes=tuple(classes.dictionary.to_pylist()),
        road_class=classes.indices.to_numpy(),
        may_truck_pass=_column(edges, "may_truck_pass"),
        may_hazmat_pass=_column(edges, "may_hazmat_pass"),
    )


def _column(table: pa.Table, name: str) -> Any:  # noqa: ANN401  (null becomes not a number)
    return table.column(name).to_numpy()
