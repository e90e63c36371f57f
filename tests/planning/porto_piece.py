"""A connected piece of a real city's roads, small enough for a search in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from etl.contract import contract_parts
from etl.derived.road_network import join_roads
from etl.engine import open_database
from etl.projection import LocalProjection
from etl.sql_files import read_sql
from planning.access import Access
from planning.road_graph import RoadGraph, graph_from
from tests.planning.osm_highways import fill_routes

if TYPE_CHECKING:
    from pathlib import Path


def roads_of(file: Path) -> RoadGraph:
    """The whole network of an OpenStreetMap file, joined as a build joins it."""
    database = open_database(readable=(file.resolve().parent,))
    database.execute(read_sql("etl", "bookkeeping"))
    for noun in ("routes", "stations", "resources", "repair_shops", "places"):
        database.execute(contract_parts(noun)[0])
    database.execute(read_sql("etl.derived", "cells"))
    fill_routes(database, file.resolve())
    middle = "select avg(st_x(st_centroid(geom))), avg(st_y(st_centroid(geom))) from routes"
    join_roads(database, LocalProjection(*database.execute(middle).fetchall()[0]))
    tables = (
        database.execute(read_sql("planning.queries", name)).to_arrow_table() for name in ("road_nodes", "road_edges")
    )
    return graph_from(*tables)


def piece_of(graph: RoadGraph, nodes: int) -> RoadGraph:
    """So many nodes around the first one of the largest part in which every node leads to every other one."""
    drivable = np.flatnonzero(graph.may_truck_pass)
    ends = (graph.from_node[drivable], graph.to_node[drivable])
    roads = csr_array((np.ones(len(drivable)), ends), shape=(graph.nodes, graph.nodes))
    strong = connected_components(roads, connection="strong")[1]
    in_main = strong == np.bincount(strong).argmax()
    main = csr_array((np.ones(len(drivable)) * (in_main[ends[0]] & in_main[ends[1]]), ends), shape=roads.shape)
    main.eliminate_zeros()
    near = breadth_first_order(main, int(np.flatnonzero(in_main)[0]), return_predecessors=False)[:nodes]
    return _only(graph, np.sort(near))


def _only(graph: RoadGraph, nodes: Any) -> RoadGraph:
    """The edges between some nodes, in the same order."""
    place = np.full(graph.nodes, -1, dtype=np.int32)
    place[nodes] = np.arange(len(nodes))
    edge = np.flatnonzero((place[graph.from_node] >= 0) & (place[graph.to_node] >= 0))
    from_node = place[graph.from_node[edge]]
    return RoadGraph(
        lon=graph.lon[nodes],
        lat=graph.lat[nodes],
        component=graph.component[nodes],
        first_edge=np.searchsorted(from_node, np.arange(len(nodes) + 1)).astype(np.int32),
        from_node=from_node,
        to_node=place[graph.to_node[edge]],
        length_km=graph.length_km[edge],
        posted_km_per_h=graph.posted_km_per_h[edge],
        classes=graph.classes,
        road_class=graph.road_class[edge],
        may_truck_pass=graph.may_truck_pass[edge],
        may_hazmat_pass=graph.may_hazmat_pass[edge],
    )


def things_on(graph: RoadGraph, count: int, dice: np.random.Generator) -> Access:
    """Things beside roads by lot, on both lanes where the road is driven both ways."""
    back = {ends: edge for edge, ends in enumerate(zip(graph.from_node.tolist(), graph.to_node.tolist(), strict=True))}
    rows = []
    for thing, edge in enumerate(dice.choice(np.flatnonzero(graph.may_truck_pass), count).tolist()):
        share, beside_km = float(dice.random()), float(dice.exponential(0.1))
        rows.append((thing, edge, share, beside_km))
        opposite = back.get((int(graph.to_node[edge]), int(graph.from_node[edge])))
        if opposite is not None and abs(graph.length_km[opposite] - graph.length_km[edge]) < 1e-9:
            rows.append((thing, opposite, 1 - share, beside_km))
    thing, edge, share, beside_km = (np.array(column) for column in zip(*rows, strict=True))
    return Access(count, thing, edge, share, beside_km)
