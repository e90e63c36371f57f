"""What there is to say of the network as a whole: its totals, and the pieces that nothing joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.derived.road_network.attachments import LEAST_ISLAND_KM
from etl.derived.road_network.edges import insert
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.drawn_lines import DrawnLines
    from etl.derived.road_network.edges import Edges
    from etl.derived.road_network.near_meetings import Meetings
    from etl.derived.road_network.sections import Sections


def write_totals(database: duckdb.DuckDBPyConnection, sections: Sections, edges: Edges, meetings: Meetings) -> None:
    """The one row of `road_network`."""
    of_section = sections.component[sections.from_node]
    road_km, island_km = sections.length_km.sum(), sections.length_km[of_section > 0].sum()
    row = {
        "road_km": road_km,
        "reachable_km_pct": 100 - 100 * island_km / road_km if road_km else None,
        "nodes": len(sections.node_lon),
        "edges": len(edges.section),
        "dead_ends": int(sections.is_dead_end.sum()),
        "islands": max(int(sections.component.max(initial=0)), 0),
        "snapped_ends": meetings.snapped_ends,
        "joined_crossings": len(meetings.crossing_x_m),
    }
    insert(database, "road_network", pa.Table.from_pylist([row]))


def report_islands(database: duckdb.DuckDBPyConnection, lines: DrawnLines, sections: Sections) -> None:
    """A finding for each piece beside the largest that is long enough to be a road somebody drives."""
    of_section, km = sections.component[sections.from_node], sections.length_km
    islands = np.flatnonzero(np.bincount(of_section, weights=km, minlength=1) > LEAST_ISLAND_KM)[1:]
    route = lines.route[sections.line]
    longest_last = np.lexsort((km, of_section))
    chosen = longest_last[np.searchsorted(of_section[longest_last], islands, side="right") - 1]
    pairs = np.unique(np.column_stack((of_section, route)), axis=0)
    rows = {
        "component": islands,
        "route_id": lines.routes.column("route_id").take(pa.array(route[chosen])),
        "row_count": np.bincount(pairs[:, 0], minlength=1)[islands],
        "lon": sections.node_lon[sections.from_node[chosen]],
        "lat": sections.node_lat[sections.from_node[chosen]],
    }
    database.register("islands", pa.table(rows))
    database.execute(read_sql("etl.derived.road_network", "findings_road_islands"))
    database.unregister("islands")
