"""What lies within reach of each of many things: the cover sets of siting, the catchments of accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from planning.access import Access, Numbers, Places
    from planning.network import Network

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
    at_nodes = _Waiting.grouped(leaving.node, leaving.thing, leaving.cost, network.graph.nodes)
    at_things = _Waiting.grouped(together.to, together.from_, together.cost, to.things)
    batches = list(_batches(network, to))
    found = [_reached(network, to, some, at_nodes, at_things, within) for some in batches]
    return _stacked(batches, found, (to.things, from_.things))


class _Found(NamedTuple):
    """How many entries each row of a batch has, and those entries in order."""

    counts: Places
    column: Places
    cost: Numbers


class _Waiting(NamedTuple):
    """Who comes to each of some spots, and at what cost: those of a spot are `first[spot]` to `first[spot + 1]`."""

    first: Places
    thing: Places
    cost: Numbers

    @classmethod
    def grouped(cls, spot: Places, thing: Places, cost: Numbers, spots: int) -> _Waiting:
        order = np.argsort(spot, kind="stable")
        return cls(np.searchsorted(spot[order], np.arange(spots + 1)), thing[order], cost[order])

    def at(self, spots: Places) -> tuple[Places, Places]:
        """Everybody at some spots: the place of the spot in `spots`, and theirs here."""
        begins = self.first[spots]
        counts = self.first[spots + 1] - begins
        which = np.repeat(np.arange(len(spots)), counts)
        return which, np.arange(len(which)) + np.repeat(begins - (np.cumsum(counts) - counts), counts)


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


def _reached(
    network: Network, to: Access, some: Places, at_nodes: _Waiting, at_things: _Waiting, within: float
) -> _Found:
    """What comes to some things: by a node, or on one piece of road with them."""
    here = to.of(some)
    near = _near(network, here, within)
    graph = network.backwards_from(here, near)
    cost = dijkstra(graph, indices=np.arange(len(near), graph.shape[0]), limit=within).ravel()
    spot = np.flatnonzero(cost <= within)
    row, node = np.divmod(spot, graph.shape[0])
    on_road = np.flatnonzero(node < len(near))
    which, who = at_nodes.at(near[node[on_road]])
    by_node = on_road[which]
    beside, other = at_things.at(some)
    return _cheapest(
        np.concatenate((row[by_node], beside)),
        np.concatenate((at_nodes.thing[who], at_things.thing[other])),
        np.concatenate((cost[spot[by_node]] + at_nodes.cost[who], at_things.cost[other])),
        len(some),
        within,
    )


def _cheapest(row: Places, column: Places, cost: Numbers, rows: int, within: float) -> _Found:
    """Of what was found more than once the cheapest, by rows and columns in order."""
    kept = np.flatnonzero(cost <= within)
    row, column, cost = row[kept], column[kept], cost[kept]
    spot = row * (column.max(initial=0) + 1) + column
    order = np.argsort(spot)
    new = np.flatnonzero(np.diff(spot[order], prepend=-1))
    least = np.minimum.reduceat(cost[order], new) if len(new) else cost
    first = order[new]
    return _Found(np.bincount(row[first], minlength=rows), column[first], np.maximum(least, _LEAST_COST))


def _stacked(batches: list[Places], found: list[_Found], shape: tuple[int, int]) -> csr_array:
    """The rows of all batches, each at its place; things that no road reaches have none."""
    if not found:
        return csr_array(shape)
    counts, column, cost = (np.concatenate(part) for part in zip(*found, strict=True))
    in_order: Any = csr_array((cost, column, np.concatenate(([0], np.cumsum(counts)))), shape=(len(counts), shape[1]))
    place = np.full(shape[0], len(counts))
    place[np.concatenate(batches)] = np.arange(len(counts))
    in_order.resize(len(counts) + 1, shape[1])  # the last row is empty
    return csr_array(in_order[place])


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
