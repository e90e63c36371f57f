"""A made-up road network of any size: crossroads on a lattice, two of three joined, most by a road of the second to
fourth class; all of it hangs together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.access import Access
from planning.network import Network, Travel, travelled
from planning.road_graph import RoadGraph

if TYPE_CHECKING:
    from planning.access import Places

SEED = 7
CLASSES = ("second", "third", "fourth")
JOINED = 0.65  # of all neighbours
IN_ONE_PIECE = 0.985  # so much of a lattice hangs together then
EAST_DEG, NORTH_DEG = 0.0033, 0.0027  # about 300 m
KM_PER_DEGREE = (91.0, 111.0)
WINDING = 1.2


def made_network(nodes: int) -> Network:
    """About so many nodes, and two and a half times as many edges."""
    dice = np.random.default_rng(SEED)
    side = round(np.sqrt(nodes / IN_ONE_PIECE))
    number = np.arange(side * side).reshape(side, side)
    ends = np.concatenate((
        np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel())),
        np.column_stack((number[:-1].ravel(), number[1:].ravel())),
    ))  # fmt: skip
    ends = ends[dice.random(len(ends)) < JOINED]
    roads = csr_array((np.ones(len(ends)), ends.T), shape=(number.size, number.size))
    piece = connected_components(roads, directed=False)[1]
    kept = np.flatnonzero(piece == np.bincount(piece).argmax())
    place = np.full(number.size, -1)
    place[kept] = np.arange(len(kept))
    ends = place[ends[(place[ends] >= 0).all(axis=1)]]
    shift = dice.normal(0, 0.0005, (2, number.size))
    lon, lat = (
        (107 + number % side * EAST_DEG).ravel() + shift[0],
        (35 + number // side * NORTH_DEG).ravel() + shift[1],
    )
    return travelled(_graph(ends, lon[kept], lat[kept], dice), Travel())


def spread_over(network: Network, count: int, dice: np.random.Generator) -> Places:
    """Nodes by lot, each at most once."""
    return np.sort(dice.choice(network.graph.nodes, count, replace=False))


def driven_to(network: Network, nodes: Places) -> Access:
    """Things right at nodes, reached as soon as the node is."""
    return _at(nodes, np.asarray(network.graph.first_edge[nodes], dtype=np.int64), 0.0)


def driven_from(network: Network, nodes: Places) -> Access:
    """Trucks right at nodes, which leave by any of its roads."""
    order = np.argsort(network.graph.to_node, kind="stable")
    into = order[np.searchsorted(network.graph.to_node[order], nodes)]
    return _at(nodes, into, 1.0)


def _at(nodes: Places, edge: Places, position: float) -> Access:
    count = len(nodes)
    return Access(count, np.arange(count), edge, np.full(count, position), np.zeros(count))


def _graph(ends: Any, lon: Any, lat: Any, dice: np.random.Generator) -> RoadGraph:
    from_node, to_node = np.concatenate((ends, ends[:, ::-1])).T
    order = np.lexsort((to_node, from_node))
    from_node, to_node = from_node[order].astype(np.int32), to_node[order].astype(np.int32)
    east, north = (axis[from_node] - axis[to_node] for axis in (lon, lat))
    count = len(from_node)
    return RoadGraph(
        lon=lon,
        lat=lat,
        component=np.zeros(len(lon), dtype=np.int32),
        first_edge=np.searchsorted(from_node, np.arange(len(lon) + 1)).astype(np.int32),
        from_node=from_node,
        to_node=to_node,
        length_km=np.hypot(east * KM_PER_DEGREE[0], north * KM_PER_DEGREE[1]) * WINDING,
        posted_km_per_h=np.full(count, np.nan),
        classes=CLASSES,
        road_class=dice.integers(0, len(CLASSES), count).astype(np.int32),
        may_truck_pass=np.ones(count, dtype=np.bool_),
        may_hazmat_pass=np.ones(count, dtype=np.bool_),
    )
