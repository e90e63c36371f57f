"""The road by which each station, resource, place and cell is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.road_network.edges import insert
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Flags, Numbers, Places
    from etl.derived.road_network.drawn_lines import DrawnLines
    from etl.derived.road_network.edges import Edges
    from etl.derived.road_network.sections import Sections
    from etl.projection import LocalProjection

# An hour on foot: nobody leaves a truck on the road and goes farther, so what lies farther has no road.
OFF_ROAD_LIMIT_KM = 5.0
# A shorter piece of road that joins no other is a scrap of drawing, and no truck is led onto it.
LEAST_ISLAND_KM = 1.0
AT_ONCE = 200_000


@dataclass(frozen=True)
class Attached:
    """For each thing the edge, or -1, the opposite edge, or -1, the share of the edge, and how far off it is."""

    edge: Places
    opposite: Places
    fraction: Numbers
    off_road_km: Numbers


@dataclass(frozen=True)
class RoadFinder:
    """Finds the nearest road that a truck may use."""

    lines: DrawnLines
    sections: Sections
    edges: Edges
    projection: LocalProjection

    def attach(self, database: duckdb.DuckDBPyConnection) -> None:
        """Fill `road_attachments` and `cell_attachments`."""
        usable = np.flatnonzero(self._is_usable())
        tree = shapely.STRtree(self.lines.shapes_m[usable])
        things = database.execute(read_sql("etl.derived.road_network", "things_to_attach")).to_arrow_table()
        found = self._nearest(tree, usable, things)
        columns = {"noun": things.column("noun"), "thing_id": things.column("thing_id"), **_columns(found)}
        insert(database, "road_attachments", pa.table({**columns, "is_reachable": found.edge >= 0}))
        cells = database.execute("select cell_id, lon, lat from cells order by cell_id").to_arrow_table()
        for start in range(0, len(cells), AT_ONCE):
            some = cells.slice(start, AT_ONCE)
            found = self._nearest(tree, usable, some)
            insert(database, "cell_attachments", pa.table({"cell_id": some.column("cell_id"), **_columns(found)}))

    def _is_usable(self) -> Flags:
        """Lines that trucks may drive and that are no scraps."""
        allowed = self.lines.of_route("is_truck_usable")
        of_section = self.sections.component[self.sections.from_node]
        km = np.bincount(of_section, weights=self.sections.length_km, minlength=1)
        of_line = np.zeros(len(self.lines), dtype=np.int64)
        of_line[self.sections.line] = of_section
        is_usable: Flags = allowed & ((of_line == 0) | (km[of_line] > LEAST_ISLAND_KM))
        return is_usable

    def _nearest(self, tree: Any, usable: Places, things: pa.Table) -> Attached:  # noqa: ANN401
        x_m, y_m = self.projection.forward(things.column("lon").to_numpy(), things.column("lat").to_numpy())
        points: Any = shapely.points(x_m, y_m)
        (thing, place), distance_m = tree.query_nearest(
            points, max_distance=OFF_ROAD_LIMIT_KM * 1000, return_distance=True, all_matches=False
        )
        line = usable[place]
        section, fraction = self._on_section(line, points[thing])
        found = Attached(
            np.full(len(things), -1, dtype=np.int64),
            np.full(len(things), -1, dtype=np.int64),
            np.full(len(things), np.nan),
            np.full(len(things), np.nan),
        )
        found.edge[thing] = self.edges.forward_of_section[section]
        found.opposite[thing] = self.edges.backward_of_section[section]
        found.fraction[thing] = fraction
        found.off_road_km[thing] = distance_m / 1000
        return found

    def _on_section(self, line: Places, points: Any) -> tuple[Places, Numbers]:  # noqa: ANN401
        """The section of each line that is nearest to each point, and the share of it."""
        sections, lines = self.sections, self.lines
        along_m = lines.along_m[lines.first[line]] + shapely.line_locate_point(lines.shapes_m[line], points)
        first = np.searchsorted(sections.line, line, side="left")
        last = np.searchsorted(sections.line, line, side="right") - 1
        section = np.clip(np.searchsorted(sections.from_m, along_m, side="right") - 1, first, last)
        share = (along_m - sections.from_m[section]) / (sections.to_m[section] - sections.from_m[section])
        return section, np.clip(share, 0.0, 1.0)


def _columns(found: Attached) -> dict[str, Any]:
    return {
        "edge_id": pa.array(found.edge, mask=found.edge < 0),
        "opposite_edge_id": pa.array(found.opposite, mask=found.opposite < 0),
        "fraction": pa.array(found.fraction, from_pandas=True),
        "off_road_km": pa.array(found.off_road_km, from_pandas=True),
    }
