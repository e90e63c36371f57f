"""Sections of road as edges, one for each direction that may be driven, in the order in which searches read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Flags, Numbers, Places
    from etl.derived.road_network.drawn_lines import DrawnLines
    from etl.derived.road_network.sections import Sections

OF_ROUTE = (
    "route_id", "class", "ref", "speed_km_per_h", "is_hazmat_allowed", "is_truck_allowed", "is_bridge", "is_tunnel",
)  # fmt: skip


@dataclass(frozen=True)
class Edges:
    """One entry per edge, by from_node and then to_node; and the edges of each section."""

    section: Places
    is_forward: Flags
    from_node: Places
    to_node: Places
    forward_of_section: Places
    backward_of_section: Places  # -1 where the road is one-way


def direct(lines: DrawnLines, sections: Sections) -> Edges:
    """Both directions of each section, or the one of its drawing."""
    both_ways = np.flatnonzero(~lines.of_route("is_oneway")[sections.line])
    section = np.concatenate((np.arange(len(sections.line)), both_ways))
    is_forward = np.arange(len(section)) < len(sections.line)
    from_node = np.where(is_forward, sections.from_node[section], sections.to_node[section])
    to_node = np.where(is_forward, sections.to_node[section], sections.from_node[section])
    order = np.lexsort((~is_forward, section, to_node, from_node))
    section, is_forward = section[order], is_forward[order]
    edge_of = np.full((2, len(sections.line)), -1, dtype=np.int64)
    edge_of[is_forward.astype(np.int64), section] = np.arange(len(section))
    return Edges(section, is_forward, from_node[order], to_node[order], edge_of[1], edge_of[0])


def write_network(database: duckdb.DuckDBPyConnection, lines: DrawnLines, sections: Sections, edges: Edges) -> None:
    """Fill `road_nodes` and `road_edges`."""
    nodes = {
        "node_id": np.arange(len(sections.node_lon)),
        "lon": sections.node_lon,
        "lat": sections.node_lat,
        "component": sections.component,
        "is_dead_end": sections.is_dead_end,
    }
    insert(database, "road_nodes", pa.table(nodes))
    begin, end = _fractions(lines, sections)
    forward, section = edges.is_forward, edges.section
    numbers = {
        "edge_id": np.arange(len(section)),
        "from_node": edges.from_node,
        "to_node": edges.to_node,
        "length_km": sections.length_km[section],
        "is_forward": forward,
        "from_fraction": np.where(forward, begin[section], end[section]),
        "to_fraction": np.where(forward, end[section], begin[section]),
    }
    routes = lines.routes.select(OF_ROUTE).take(pa.array(lines.route[sections.line[section]]))
    insert(database, "road_edges", pa.table({**numbers, **dict(zip(OF_ROUTE, routes.columns, strict=True))}))


def insert(database: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Add rows to one of our own tables, by the names of its columns."""
    database.register("rows_at_hand", rows)
    database.execute(f"insert into {table} by name from rows_at_hand")
    database.unregister("rows_at_hand")


def create_tables(database: duckdb.DuckDBPyConnection) -> None:
    for name in ("road_nodes", "road_edges", "road_attachments", "road_network"):
        database.execute(read_sql("etl.derived.road_network", name))


def _fractions(lines: DrawnLines, sections: Sections) -> tuple[Numbers, Numbers]:
    """Where each section begins and ends on its route; a gap between two parts of a route takes no share."""
    begin_deg, whole_deg = _of_routes(lines)
    route = lines.route[sections.line]
    first, last = lines.first[sections.line], lines.last[sections.line]
    ends = []
    for along_m in (sections.from_m, sections.to_m):
        within = lines.deg_at(along_m)
        within = np.clip(within, lines.along_deg[first], lines.along_deg[last]) - begin_deg[route]
        ends.append(np.clip(within / whole_deg[route], 0.0, 1.0))
    return ends[0], ends[1]


def _of_routes(lines: DrawnLines) -> tuple[Numbers, Numbers]:
    """For each route where it begins in the run of degrees, and how long it is."""
    routes = len(lines.routes)
    begin, end = np.full(routes, np.inf), np.zeros(routes)
    np.minimum.at(begin, lines.route, lines.along_deg[lines.first])
    np.maximum.at(end, lines.route, lines.along_deg[lines.last])
    return begin, end - begin
