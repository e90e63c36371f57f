"""What holds of every network, whatever roads it is joined from."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from etl.derived.road_network import join_roads
from etl.derived.road_network.attachments import LEAST_ISLAND_KM, OFF_ROAD_LIMIT_KM
from etl.derived.road_network.near_meetings import SNAP_M
from tests.etl.derived.small_county import HERE, add_station
from tests.etl.derived.small_roads import add_road, empty_roads, totals

if TYPE_CHECKING:
    import duckdb

SEEDS = range(6)
TABLES = ("road_nodes", "road_edges", "road_attachments", "cell_attachments", "road_network", "findings")


def some_roads(seed: int) -> list[tuple[str, Any, dict[str, Any]]]:
    """Walks over a lattice, so that many vertices are shared, and free lines across it, so that many are not."""
    dice = np.random.default_rng(seed)
    roads: list[tuple[str, Any, dict[str, Any]]] = []
    for number in range(40):
        steps = dice.integers(-1, 2, (dice.integers(2, 9), 2))
        walk = (dice.integers(-6, 6, 2) + np.cumsum(steps, axis=0)) * 700.0
        if number % 4 == 0:
            walk = dice.uniform(-5000, 5000, walk.shape)
        if len(np.unique(walk, axis=0)) < 2:
            continue
        values = {
            "is_oneway": bool(dice.random() < 0.3),
            "is_bridge": bool(dice.random() < 0.1),
            "is_truck_allowed": None if dice.random() < 0.8 else False,
            "origin_id": 1 + number % 2,
        }
        roads.append((f"r{number:02d}", [tuple(spot) for spot in walk.tolist()], values))
    return roads


def network(seed: int, *, turned: bool = False) -> duckdb.DuckDBPyConnection:
    database = empty_roads()
    for route_id, course_m, values in some_roads(seed)[:: -1 if turned else 1]:
        add_road(database, route_id, course_m, **values)
    for number, (x_m, y_m) in enumerate(np.random.default_rng(seed).uniform(-9000, 9000, (300, 2))):
        add_station(database, f"s{number:03d}", x_m, y_m)
    join_roads(database, HERE)
    return database


def rows(database: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = database.execute(f"from {table}").to_arrow_table().to_pylist()
    return found


def courses_m(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The roads once more, as lines in metres."""
    found = database.execute("select route_id, st_aswkb(geom) from routes").fetchall()
    return {route_id: HERE.to_metres(shapely.from_wkb(bytes(shape))) for route_id, shape in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_road_is_covered_once_for_each_direction_in_which_it_may_be_driven(seed: int) -> None:
    database = network(seed)
    lengths = {name: line.length / 1000 for name, line in courses_m(database).items()}
    edges = rows(database, "road_edges")
    for route in rows(database, "routes"):
        for is_forward in (True, False):
            own = [edge for edge in edges if (edge["route_id"], edge["is_forward"]) == (route["route_id"], is_forward)]
            if not is_forward and route["is_oneway"]:
                assert own == []
                continue
            own.sort(key=lambda edge: edge["from_fraction"] * (1 if is_forward else -1))
            ends = [(edge["from_fraction"], edge["to_fraction"]) for edge in own]
            assert (ends[0][0], ends[-1][1]) == ((0, 1) if is_forward else (1, 0))
            assert all(one[1] == other[0] for one, other in pairwise(ends))
            assert all(one["to_node"] == other["from_node"] for one, other in pairwise(own))
            assert sum(edge["length_km"] for edge in own) == pytest.approx(lengths[route["route_id"]], rel=1e-6)
    assert totals(database)["road_km"] == pytest.approx(sum(lengths.values()), rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_edges_and_nodes_are_numbered_in_the_order_in_which_searches_read_them(seed: int) -> None:
    database = network(seed)
    edges, nodes = rows(database, "road_edges"), rows(database, "road_nodes")
    assert [edge["edge_id"] for edge in edges] == list(range(len(edges)))
    assert [node["node_id"] for node in nodes] == list(range(len(nodes)))
    order = [(edge["from_node"], edge["to_node"]) for edge in edges]
    assert order == sorted(order)
    assert {node for pair in order for node in pair} == set(range(len(nodes)))


@pytest.mark.parametrize("seed", SEEDS)
def test_components_dead_ends_and_reachable_kilometres_are_what_a_plain_walk_finds(seed: int) -> None:
    database = network(seed)
    edges, nodes = rows(database, "road_edges"), rows(database, "road_nodes")
    piece = list(range(len(nodes)))
    for _ in nodes:
        for edge in edges:
            lowest = min(piece[edge["from_node"]], piece[edge["to_node"]])
            piece[edge["from_node"]] = piece[edge["to_node"]] = lowest
    told = [node["component"] for node in nodes]
    assert len(set(zip(piece, told, strict=True))) == len(set(piece)) == len(set(told))
    forward = [edge for edge in edges if edge["is_forward"]]
    km = [sum(edge["length_km"] for edge in forward if told[edge["from_node"]] == one) for one in range(max(told) + 1)]
    assert km == sorted(km, reverse=True)
    assert totals(database)["reachable_km_pct"] == pytest.approx(100 * km[0] / sum(km))
    arms = [edge[side] for edge in forward for side in ("from_node", "to_node")]
    assert [node["is_dead_end"] for node in nodes] == [arms.count(node["node_id"]) == 1 for node in nodes]
    found = [row for row in rows(database, "findings") if row["rule"] == "road_island"]
    assert len(found) == sum(1 for one in km[1:] if one > LEAST_ISLAND_KM)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_node_lies_where_its_edges_end(seed: int) -> None:
    database = network(seed)
    found = database.execute(
        "select max(st_distance(st_point(lon, lat), case when from_fraction = 0 then st_startpoint(geom) "
        "else st_lineinterpolatepoint(geom, from_fraction) end)) from road_edges join road_nodes on from_node = node_id "
        "join routes using (route_id)"
    ).fetchall()
    # A long line bends between degrees and metres.
    assert found[0][0] * 111_320 * math.cos(math.radians(35.3)) < SNAP_M + 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_stations_are_attached_as_trying_every_road_would(seed: int) -> None:
    database = network(seed)
    lines = courses_m(database)
    component = [node["component"] for node in rows(database, "road_nodes")]
    edges = rows(database, "road_edges")
    km: dict[int, float] = {}
    for edge in edges:
        if edge["is_forward"]:
            one = component[edge["from_node"]]
            km[one] = km.get(one, 0) + edge["length_km"]
    usable = {
        edge["route_id"]
        for edge in edges
        if edge["is_truck_allowed"] is not False
        and (component[edge["from_node"]] == 0 or km[component[edge["from_node"]]] > LEAST_ISLAND_KM)
    }
    spots = {row["station_id"]: HERE.forward(row["lon"], row["lat"]) for row in rows(database, "stations")}
    attached = rows(database, "road_attachments")
    assert len(attached) == 300
    for row in attached:
        spot = shapely.Point(*spots[row["thing_id"]])
        nearest_km = min((lines[route].distance(spot) for route in usable), default=np.inf) / 1000
        assert row["is_reachable"] == (nearest_km <= OFF_ROAD_LIMIT_KM) == (row["edge_id"] is not None)
        if not row["is_reachable"]:
            continue
        assert row["off_road_km"] == pytest.approx(nearest_km, abs=1e-9)
        edge = edges[row["edge_id"]]
        assert edge["route_id"] in usable
        whole = lines[edge["route_id"]]
        at = sum(
            other["length_km"]
            for other in edges
            if other["route_id"] == edge["route_id"]
            and other["is_forward"]
            and other["to_fraction"] <= edge["from_fraction"]
        )
        on_road = whole.interpolate(1000 * (at + row["fraction"] * edge["length_km"]))
        assert on_road.distance(spot) / 1000 == pytest.approx(nearest_km, abs=1e-3)
        if row["opposite_edge_id"] is not None:
            opposite = edges[row["opposite_edge_id"]]
            assert (opposite["from_node"], opposite["to_node"]) == (edge["to_node"], edge["from_node"])
            assert opposite["from_fraction"] == edge["to_fraction"]


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_same_roads_make_the_same_network_in_whatever_order_they_come(seed: int) -> None:
    one, other = network(seed), network(seed, turned=True)
    for table in TABLES:
        assert rows(one, table) == rows(other, table), table
