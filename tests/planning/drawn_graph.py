"""Small road graphs made by hand or by dice, without a snapshot, and the same graph as networkx knows it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from planning.access import Access
from planning.network import Network
from planning.road_graph import RoadGraph

if TYPE_CHECKING:
    from collections.abc import Sequence


def drawn_network(
    nodes: int, edges: Sequence[tuple[int, int, float]], lon: Any = None, lat: Any = None, off_road_per_km: float = 2.0
) -> Network:
    """Edges as from, to and cost; a kilometre costs one."""
    ordered = sorted(edges)
    from_node, to_node = (np.array([edge[end] for edge in ordered], dtype=np.int32) for end in (0, 1))
    cost = np.array([edge[2] for edge in ordered], dtype=np.float64)
    ones = np.ones(len(ordered), dtype=np.bool_)
    graph = RoadGraph(
        lon=np.full(nodes, 107.0) if lon is None else lon,
        lat=np.full(nodes, 35.0) if lat is None else lat,
        component=np.zeros(nodes, dtype=np.int32),
        first_edge=np.searchsorted(from_node, np.arange(nodes + 1)).astype(np.int32),
        from_node=from_node,
        to_node=to_node,
        length_km=np.where(np.isfinite(cost), cost, 1.0),
        posted_km_per_h=np.full(len(ordered), np.nan),
        classes=("second",),
        road_class=np.zeros(len(ordered), dtype=np.int32),
        may_truck_pass=ones,
        may_hazmat_pass=ones,
    )
    return Network(graph, cost, off_road_per_km)


def lanes(things: int, rows: Sequence[tuple[int, int, float, float]]) -> Access:
    """Lanes as thing, edge, position and kilometres beside the road."""
    ordered = sorted(rows)
    column = [np.array([row[place] for row in ordered]) for place in range(4)]
    whole = [part.astype(np.int64) for part in column[:2]]
    return Access(things, *whole, *(part.astype(np.float64) for part in column[2:]))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Network, Access, Access]:
    """A network, what is driven to, and what drives; some of it on one edge, some on none."""
    nodes = draw(st.integers(1, 7))
    node = st.integers(0, nodes - 1)
    cost = st.one_of(st.floats(0.01, 9.0), st.just(float("inf")))
    edges = draw(st.lists(st.tuples(node, node, cost), min_size=1, max_size=14))
    network = drawn_network(nodes, edges)
    return network, draw(_accesses(len(edges))), draw(_accesses(len(edges)))


def _accesses(edges: int) -> st.SearchStrategy[Access]:
    row = st.tuples(
        st.integers(0, 3),
        st.integers(0, edges - 1),
        st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]),
        st.sampled_from([0.0, 0.3]),
    )
    return st.lists(row, max_size=6).map(lambda rows: lanes(4, rows))


def costs_by_networkx(network: Network, to: Access, from_: Access) -> Any:
    """Each pair by itself, on a graph in which every lane is a node cut into its edge."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(network.graph.nodes))
    stops: dict[int, list[tuple[float, int, tuple[str, int, int]]]] = {}
    # Of two spots alike on an edge the one that is driven from comes first.
    for rank, kind, access in ((0, "from", from_), (1, "to", to)):
        for row, (thing, edge, position, off_road_km) in enumerate(
            zip(access.thing, access.edge, access.position, access.off_road_km, strict=True)
        ):
            here = (kind, int(edge), row)
            stops.setdefault(int(edge), []).append((float(position), rank, here))
            beside = float(off_road_km) * network.off_road_per_km
            name = (kind, int(thing))
            graph.add_edge(*((name, here) if kind == "from" else (here, name)), weight=beside)
    for edge, cost in enumerate(network.cost):
        if not np.isfinite(cost):
            continue
        way: list[tuple[float, Any]] = [(0.0, int(network.graph.from_node[edge]))]
        way += [(position, here) for position, _, here in sorted(stops.get(edge, []))]
        way.append((1.0, int(network.graph.to_node[edge])))
        for (before, one), (after, other) in pairwise(way):
            graph.add_edge(one, other, weight=(after - before) * float(cost))
    found = np.full((to.things, from_.things), np.inf)
    for driver in range(from_.things):
        if ("from", driver) in graph:
            costs = nx.single_source_dijkstra_path_length(graph, ("from", driver), weight="weight")
            for thing in range(to.things):
                found[thing, driver] = costs.get(("to", thing), np.inf)
    return found
