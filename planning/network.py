"""Travel on the road network: which thing is nearest to each other one, and which lie within reach.

How one travels is a list of costs, one for each edge, and no graph of its own. Searches run backwards, from what is
driven to, so that one search serves all that drive there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planning.road_graph import edge_minutes, minutes_matrix, road_graph
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planning.access import Access, Numbers, Places
    from planning.atlas import Atlas
    from planning.road_graph import Profile, RoadGraph
    from planning.standards import Standards

Measure: TypeAlias = Literal["min", "km"]
NOTHING = -1
_NETWORKS_HELD = 6
_LEAST_COST = 1e-12  # a search takes nothing for no edge


@dataclass(frozen=True)
class Travel:
    """By which truck, at which hour where that matters, and whether minutes or kilometres are counted."""

    profile: Profile = "truck"
    hour: int | None = None
    measure: Measure = "min"


class Nearest(NamedTuple):
    """For each thing the cost to what is nearest to it, without end where no way leads there; and which that is."""

    cost: Numbers
    which: Places


class Links(NamedTuple):
    """Things and nodes side by side, and what it costs to get from the one to the other."""

    thing: Places
    node: Places
    cost: Numbers


class Pairs(NamedTuple):
    """Things to be driven to and things that drive, side by side, and the cost from these to those."""

    to: Places
    from_: Places
    cost: Numbers


@dataclass(frozen=True)
class Network:
    """The graph as it is travelled in one way."""

    graph: RoadGraph
    cost: Numbers  # of each edge
    off_road_per_km: float

    @cached_property
    def backwards(self) -> csr_array:
        """The cheapest edge from node to node, turned round."""
        return csr_array(minutes_matrix(self.graph, self.cost).T)

    @cached_property
    def fastest_km_per_cost(self) -> float:
        """No truck gets farther for the same cost anywhere."""
        passable = np.isfinite(self.cost)
        return float((self.graph.length_km[passable] / self.cost[passable]).max(initial=0.0))

    def nearest(self, to: Access, from_: Access) -> Nearest:
        """What of `to` is nearest to each thing of `from_`, by one search."""
        return self.nearest_to_each(to, (from_,))[0]

    def nearest_to_each(self, to: Access, drivers: Iterable[Access]) -> list[Nearest]:
        """The same for several kinds of things that drive there, by one search for all."""
        cost, target = self._nearest_of_nodes(to)
        return [self._nearest_to(to, from_, cost, target) for from_ in drivers]

    def _nearest_to(self, to: Access, from_: Access, cost: Numbers, target: Places) -> Nearest:
        """The nearest by the nodes that things come to first, or on one piece of road with them."""
        leaving = self.leaving(from_)
        found = Nearest(np.full(from_.things, np.inf), np.full(from_.things, NOTHING, dtype=np.int64))
        _keep_cheapest(found, leaving.thing, cost[leaving.node] + leaving.cost, target[leaving.node])
        near = self.on_one_edge(to, from_)
        order = np.argsort(near.from_, kind="stable")
        _keep_cheapest(found, near.from_[order], near.cost[order], near.to[order])
        return found

    def leaving(self, from_: Access) -> Links:
        """The nodes that things come to first, whichever way they turn."""
        return self._links(from_, self.graph.to_node, 1 - from_.position)

    def arriving(self, to: Access) -> Links:
        """The nodes from which things are reached."""
        return self._links(to, self.graph.from_node, to.position)

    def on_one_edge(self, to: Access, from_: Access) -> Pairs:
        """Pairs between which no node lies: the one is ahead of the other on its lane."""
        order = np.argsort(to.edge, kind="stable")
        first, last = (np.searchsorted(to.edge[order], from_.edge, side=side) for side in ("left", "right"))
        counts = last - first
        drives = np.repeat(np.arange(len(counts)), counts)
        step = np.arange(len(drives)) - np.repeat(np.cumsum(counts) - counts, counts)
        stands = order[np.repeat(first, counts) + step]
        ahead = to.position[stands] - from_.position[drives]
        can_drive = (ahead >= 0) & np.isfinite(self.cost[from_.edge[drives]])
        drives, stands, ahead = drives[can_drive], stands[can_drive], ahead[can_drive]
        beside = (to.off_road_km[stands] + from_.off_road_km[drives]) * self.off_road_per_km
        return Pairs(to.thing[stands], from_.thing[drives], ahead * self.cost[from_.edge[drives]] + beside)

    def backwards_from(self, to: Access, among: Places | None = None) -> csr_array:
        """The graph turned round, with one more node for each thing of `to`, from which its roads are entered.

        Of some nodes only, in order, if `among` names them: then nodes are numbered by their place there.
        """
        links = self.arriving(to)
        place, roads = self._part(among)
        order = np.flatnonzero(place[links.node] != NOTHING)
        order = order[np.lexsort((links.cost[order], links.node[order], links.thing[order]))]
        thing, node, cost = links.thing[order], place[links.node[order]], links.cost[order]
        cheapest = (np.diff(thing, prepend=-1) != 0) | (np.diff(node, prepend=-1) != 0)
        thing, node, cost = thing[cheapest], node[cheapest], np.maximum(cost[cheapest], _LEAST_COST)
        size = roads.shape[0] + to.things
        bounds = roads.indptr[-1] + np.searchsorted(thing, np.arange(1, to.things + 1))
        parts = (
            np.concatenate((roads.data, cost)),
            np.concatenate((roads.indices, node.astype(np.int32))),
            np.concatenate((roads.indptr, bounds.astype(np.int32))),
        )
        return csr_array(parts, shape=(size, size))

    def _part(self, among: Places | None) -> tuple[Places, csr_array]:
        """The new number of each node, and the roads between those that have one."""
        nodes = self.graph.nodes
        if among is None:
            return np.arange(nodes), self.backwards
        place = np.full(nodes, NOTHING, dtype=np.int64)
        place[among] = np.arange(len(among))
        return place, self.backwards[among][:, among]

    def _links(self, access: Access, node_of_edge: Any, share: Numbers) -> Links:  # noqa: ANN401
        lane = np.flatnonzero(np.isfinite(self.cost[access.edge]))
        edge = access.edge[lane]
        cost = share[lane] * self.cost[edge] + access.off_road_km[lane] * self.off_road_per_km
        return Links(access.thing[lane], node_of_edge[edge].astype(np.int64), cost)

    def _nearest_of_nodes(self, to: Access) -> tuple[Numbers, Places]:
        nodes = self.graph.nodes
        if to.things == 0 or nodes == 0:
            return np.full(nodes, np.inf), np.full(nodes, NOTHING, dtype=np.int64)
        sources = np.arange(nodes, nodes + to.things)
        graph = self.backwards_from(to)
        cost, _, source = dijkstra(graph, indices=sources, min_only=True, return_predecessors=True)
        reached = np.isfinite(cost[:nodes])
        return cost[:nodes], np.where(reached, source[:nodes].astype(np.int64) - nodes, NOTHING)


_networks: SnapshotCache[Network] = SnapshotCache(_NETWORKS_HELD)


def network_of(atlas: Atlas, travel: Travel | None = None, standards: Standards | None = None) -> Network:
    """The place's network as it is travelled in one way."""
    travel = travel or Travel()
    name = f"{travel} {standards.sign if standards else ''}"
    return _networks.get(atlas.path, name, lambda: travelled(road_graph(atlas), travel, standards))


def travelled(graph: RoadGraph, travel: Travel, standards: Standards | None = None) -> Network:
    """A graph with the costs of one way of travelling."""
    minutes = edge_minutes(graph, travel.profile, standards, travel.hour)
    if travel.measure == "km":
        return Network(graph, np.where(np.isfinite(minutes), graph.length_km, np.inf), 1.0)
    return Network(graph, minutes, 60 / standard("off_road_km_per_h", standards).value)


def _keep_cheapest(found: Nearest, thing: Places, cost: Numbers, which: Places) -> None:
    """Take what is cheaper than was found so far; things stand in order, and one may stand more than once."""
    first = np.flatnonzero(np.diff(thing, prepend=-1) != 0)
    if not len(first):
        return
    least = np.repeat(np.minimum.reduceat(cost, first), np.diff(first, append=len(thing)))
    cheapest = np.flatnonzero((cost == least) & (cost < found.cost[thing]))
    cheapest = cheapest[np.diff(thing[cheapest], prepend=-1) != 0]
    found.cost[thing[cheapest]], found.which[thing[cheapest]] = cost[cheapest], which[cheapest]
