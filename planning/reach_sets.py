"""What lies within reach of each of many things: the cover sets of siting, the catchments of accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planning.network import NOTHING, Pairs

if TYPE_CHECKING:
    from planning.access import Access, Numbers, Places
    from planning.network import Links, Network

# So many searches are held at once, each with the nodes near them alone: neighbours first, so that those are few.
_TOGETHER = 32
_KM_PER_DEGREE = 111.0  # a little less than there are, so that no box is too small
_SPARE_KM = 0.5
_LEAST_COST = 1e-9  # a sparse array takes nothing for no entry


def reach_sets(network: Network, to: Access, from_: Access, within: float) -> csr_array:
    """The costs from each thing of `from_` (columns) to each of `to` (rows) that are no more than `within`.

    A cost of nothing stands as one of next to nothing, so that what is stored is what is reached.
    """
    leaving, together = network.leaving(from_), network.on_one_edge(to, from_)
    counts = np.zeros(to.things, dtype=np.int64)
    parts: list[tuple[Places, Places, Numbers]] = []
    for some in _batches(network, to):
        row, column, cost = _reached(network, to.of(some), leaving, _of(together, some), within)
        counts += np.bincount(some[row], minlength=to.things)
        parts.append((some[row], column, np.maximum(cost, _LEAST_COST)))
    row, column, cost = _joined(parts)
    # Batches come in any order, and within one the rows are whole.
    order = np.argsort(row, kind="stable")
    bounds = np.concatenate(([0], np.cumsum(counts)))
    found: Any = csr_array((cost[order], column[order], bounds), shape=(to.things, from_.things))
    return csr_array(found)


def _batches(network: Network, to: Access) -> list[Places]:
    """The things in groups of neighbours; what no road reaches is in none."""
    first = np.flatnonzero(np.diff(to.thing, prepend=-1) != 0)
    thing, node = to.thing[first], network.graph.to_node[to.edge[first]]
    order = _along_a_curve(network.graph.lon[node], network.graph.lat[node])
    return [thing[order[start : start + _TOGETHER]] for start in range(0, len(order), _TOGETHER)]


def _along_a_curve(lon: Numbers, lat: Numbers) -> Places:
    """An order in which neighbours come close together: the bits of both axes in turn."""
    if not len(lon):
        return np.zeros(0, dtype=np.int64)
    mixed = np.zeros(len(lon), dtype=np.int64)
    for bit, axis in enumerate((lon, lat)):
        steps = ((axis - axis.min()) / max(float(np.ptp(axis)), 1e-9) * 0xFFFF).astype(np.int64)
        for place in range(16):
            mixed |= ((steps >> place) & 1) << (2 * place + bit)
    order: Places = np.argsort(mixed, kind="stable")
    return order


def _of(pairs: Pairs, some: Places) -> Pairs:
    """The pairs of some things, which are numbered anew."""
    order = np.argsort(some)
    place = np.minimum(np.searchsorted(some, pairs.to, sorter=order), len(some) - 1)
    number = order[place]
    kept = some[number] == pairs.to
    return Pairs(number[kept], pairs.from_[kept], pairs.cost[kept])


def _reached(
    network: Network, to: Access, leaving: Links, together: Pairs, within: float
) -> tuple[Places, Places, Numbers]:
    """Row, column and cost of what is reached, by rows."""
    graph, nodes = network.backwards_from(to), network.graph.nodes
    near = np.append(_near(network, to, within), np.arange(nodes, nodes + to.things))
    count = len(near) - to.things
    small = graph[near][:, near]
    cost = dijkstra(small, indices=np.arange(count, len(near)), limit=within)[:, :count]
    place = np.full(nodes, NOTHING, dtype=np.int64)
    place[near[:count]] = np.arange(count)
    lane = np.flatnonzero(place[leaving.node] != NOTHING)
    thing = leaving.thing[lane]
    first = np.flatnonzero(np.diff(thing, prepend=-1) != 0)
    things = thing[first]
    whole = cost[:, place[leaving.node[lane]]] + leaving.cost[lane]
    least = np.minimum.reduceat(whole, first, axis=1) if len(first) else np.zeros((to.things, 0))
    np.minimum.at(least, (together.to, np.searchsorted(things, together.from_)), together.cost)
    row, column = np.nonzero(least <= within)
    return row, things[column], least[row, column]


def _near(network: Network, to: Access, within: float) -> Places:
    """The nodes that the fastest road could lead to: those in a box around the roads of the things."""
    graph = network.graph
    reach_deg = (within * network.fastest_km_per_cost + _SPARE_KM) / _KM_PER_DEGREE
    ends = np.concatenate((graph.from_node[to.edge], graph.to_node[to.edge]))
    lon, lat = graph.lon[ends], graph.lat[ends]
    south, north = lat.min() - reach_deg, lat.max() + reach_deg
    narrowest = max(float(np.cos(np.radians(min(max(abs(south), abs(north)), 89.0)))), 0.01)
    west, east = lon.min() - reach_deg / narrowest, lon.max() + reach_deg / narrowest
    is_near = (graph.lon >= west) & (graph.lon <= east) & (graph.lat >= south) & (graph.lat <= north)
    return np.flatnonzero(is_near)


def _joined(parts: list[tuple[Places, Places, Numbers]]) -> tuple[Places, Places, Numbers]:
    if not parts:
        nobody = np.zeros(0, dtype=np.int64)
        return nobody, nobody, np.zeros(0)
    row, column, cost = (np.concatenate(part) for part in zip(*parts, strict=True))
    return row, column, cost
