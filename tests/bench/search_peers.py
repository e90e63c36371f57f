"""The same searches by other libraries: nearest station of every node, and what lies within reach of candidates.

Each is given the network's own costs, and answers with how many nodes or pairs it found and the sum of their costs, so
that answers can be compared. What a library makes ready beforehand does not count, and is told.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.reach_sets import reach_sets
from tests.bench.made_network import SEED, driven_from, driven_to, made_network, spread_over

if TYPE_CHECKING:
    from planning.network import Network
    from tests.bench.measuring import Clock

FARTHER = 1.05


def network_and(nodes: int, count: int) -> tuple[Network, Any]:
    network = made_network(nodes)
    return network, spread_over(network, count, np.random.default_rng(SEED + 1))


def nearest_by_yitu(clock: Clock, nodes: int, stations: int) -> dict[str, Any]:
    network, chosen = network_and(nodes, stations)
    to, from_ = driven_to(network, chosen), driven_from(network, np.arange(network.graph.nodes))
    ready_s = _timed(lambda: network.nearest(to, from_))
    with clock.running():
        found = network.nearest(to, from_)
    return _told(found.cost, network, ready_s)


def nearest_by_pandana(clock: Clock, nodes: int, stations: int) -> dict[str, Any]:
    """It is told how far the farthest node is, since it takes ten times as long where it must find that out."""
    import pandas as pd  # noqa: PLC0415

    network, chosen = network_and(nodes, stations)
    everywhere = driven_from(network, np.arange(network.graph.nodes))
    farthest = FARTHER * float(network.nearest(driven_to(network, chosen), everywhere).cost.max())
    started = time.monotonic()
    theirs = _pandana(network, backwards=False)
    lon, lat = (pd.Series(axis[chosen]) for axis in (network.graph.lon, network.graph.lat))
    theirs.set_pois("stations", farthest, 1, lon, lat)
    ready_s = time.monotonic() - started
    with clock.running():
        found = theirs.nearest_pois(farthest, "stations", num_pois=1)
    return _told(found[1].to_numpy(), network, ready_s)


def nearest_by_igraph(clock: Clock, nodes: int, stations: int) -> dict[str, Any]:
    network, chosen = network_and(nodes, stations)
    graph, started = network.graph, time.monotonic()
    source = graph.nodes
    ends = np.concatenate((
        np.column_stack((graph.to_node, graph.from_node)), np.column_stack((np.full(len(chosen), source), chosen)),
    ))  # fmt: skip
    theirs = _igraph(source + 1, ends)
    weights = np.concatenate((network.cost, np.zeros(len(chosen)))).tolist()
    ready_s = time.monotonic() - started
    with clock.running():
        found = theirs.distances(source=source, weights=weights)[0]
    return _told(np.array(found[:source]), network, ready_s)


def nearest_by_networkx(clock: Clock, nodes: int, stations: int) -> dict[str, Any]:
    import networkx as nx  # noqa: PLC0415

    network, chosen = network_and(nodes, stations)
    started = time.monotonic()
    theirs = _networkx(network)
    ready_s = time.monotonic() - started
    with clock.running():
        found = nx.multi_source_dijkstra_path_length(theirs, set(chosen.tolist()))
    return _told(np.array(list(found.values())), network, ready_s)


def sets_by_yitu(clock: Clock, nodes: int, candidates: int, within: float) -> dict[str, Any]:
    network, chosen = network_and(nodes, candidates)
    to, from_ = driven_to(network, chosen), driven_from(network, np.arange(network.graph.nodes))
    ready_s = _timed(lambda: network.backwards)
    with clock.running():
        found = reach_sets(network, to, from_, within)
    return _told(found.data, network, ready_s)


def sets_by_pandana(clock: Clock, nodes: int, candidates: int, within: float) -> dict[str, Any]:
    network, chosen = network_and(nodes, candidates)
    started = time.monotonic()
    theirs = _pandana(network, backwards=True)
    ready_s = time.monotonic() - started
    with clock.running():
        found = theirs.nodes_in_range(chosen.tolist(), within)
    return _told(found.iloc[:, -1].to_numpy(), network, ready_s)


def sets_by_igraph(clock: Clock, nodes: int, candidates: int, within: float, some: int) -> dict[str, Any]:
    """It searches the whole network for each candidate: it knows no limit."""
    network, chosen = network_and(nodes, candidates)
    graph, started = network.graph, time.monotonic()
    theirs = _igraph(graph.nodes, np.column_stack((graph.to_node, graph.from_node)))
    weights = network.cost.tolist()
    ready_s = time.monotonic() - started
    with clock.running():
        found = np.array(theirs.distances(source=chosen[:some].tolist(), weights=weights))
    return _told(found[found <= within], network, ready_s)


def sets_by_networkx(clock: Clock, nodes: int, candidates: int, within: float, some: int) -> dict[str, Any]:
    import networkx as nx  # noqa: PLC0415

    network, chosen = network_and(nodes, candidates)
    started = time.monotonic()
    theirs = _networkx(network)
    ready_s = time.monotonic() - started
    with clock.running():
        found = [
            cost
            for one in chosen[:some].tolist()
            for cost in nx.single_source_dijkstra_path_length(theirs, one, cutoff=within).values()
        ]
    return _told(np.array(found), network, ready_s)


def _told(cost: Any, network: Network, ready_s: float) -> dict[str, Any]:
    return {
        "count": len(cost), "cost": float(cost.sum()), "ready_s": ready_s,
        "nodes": network.graph.nodes, "edges": len(network.cost),
    }  # fmt: skip


def _timed(work: Any) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _pandana(network: Network, *, backwards: bool) -> Any:
    import pandana  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    graph = network.graph
    begins, ends = (graph.to_node, graph.from_node) if backwards else (graph.from_node, graph.to_node)
    columns = (pd.Series(one) for one in (graph.lon, graph.lat, begins, ends))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:  # it talks of its progress, from C++
        os.dup2(nowhere.fileno(), 1)
    return pandana.Network(*columns, pd.DataFrame({"minutes": network.cost}), twoway=False)


def _igraph(nodes: int, ends: Any) -> Any:
    import igraph  # noqa: PLC0415

    return igraph.Graph(n=nodes, edges=ends, directed=True)


def _networkx(network: Network) -> Any:
    import networkx as nx  # noqa: PLC0415

    graph = network.graph
    found: Any = nx.DiGraph()
    found.add_weighted_edges_from(
        zip(graph.to_node.tolist(), graph.from_node.tolist(), network.cost.tolist(), strict=True)
    )
    return found
