"""The routes joined into a network that can be driven, and the roads by which things are reached.

Turns are not known: a truck may turn round at any node, and no turn is forbidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.derived.road_network.attachments import RoadFinder
from etl.derived.road_network.drawn_lines import read_lines
from etl.derived.road_network.edges import create_tables, direct, write_network
from etl.derived.road_network.islands import report_islands, write_totals
from etl.derived.road_network.junctions import find_junctions
from etl.derived.road_network.near_meetings import find_meetings
from etl.derived.road_network.sections import cut_at_nodes

if TYPE_CHECKING:
    import duckdb

    from etl.projection import LocalProjection


def join_roads(database: duckdb.DuckDBPyConnection, projection: LocalProjection) -> None:
    """Create and fill the tables of the network, and report its islands; wants `routes`, `cells` and the things."""
    create_tables(database)
    lines = read_lines(database, projection)
    junctions = find_junctions(lines)
    meetings = find_meetings(lines, junctions)
    sections = cut_at_nodes(lines, junctions, meetings, projection)
    edges = direct(lines, sections)
    write_network(database, lines, sections, edges)
    RoadFinder(lines, sections, edges, projection).attach(database)
    write_totals(database, sections, edges, meetings)
    report_islands(database, lines, sections)
