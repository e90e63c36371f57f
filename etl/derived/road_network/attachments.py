"""The road by which each station, resource, repair shop, place and cell is reached.

An expressway can be entered at its ramps alone: a village beside it is reached by the next other road, and what lies
on it serves the carriageway that it lies on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.road_network.carriageways import NONE, Carriageways
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
# What lies farther from an expressway than its own grounds reach is not on it.
ROADSIDE_KM = 0.3
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
        usable = self._is_usable()
        is_closed = self.lines.of_route("is_closed_to_crossing")
        anywhere, off_expressways = np.flatnonzero(usable), np.flatnonzero(usable & ~is_closed)
        one_way = np.flatnonzero(usable & is_closed & self.lines.of_route("is_oneway"))
        self._attach_things(database, anywhere, off_expressways, Carriageways(self.lines, one_way))
        tree = shapely.STRtree(self.lines.shapes_m[off_expressways])
        cells = database.execute("select cell_id, lon, lat from cells order by cell_id").to_arrow_table()
        for start in range(0, len(cells), AT_ONCE):
            some = cells.slice(start, AT_ONCE)
            points = self._points(some)
            found = self._attached(points, self._nearest(tree, off_expressways, points))
            insert(database, "cell_attachments", pa.table({"cell_id": some.column("cell_id"), **_columns(found)}))

    def _attach_things(
        self, database: duckdb.DuckDBPyConnection, anywhere: Places, off_expressways: Places, sides: Carriageways
    ) -> None:
        things = database.execute(read_sql("etl.derived.road_network", "things_to_attach")).to_arrow_table()
        points = self._points(things)
        nearest, other = (
            self._nearest(shapely.STRtree(self.lines.shapes_m[lines]), lines, points)
            for lines in (anywhere, off_expressways)
        )
        may_lie_there = things.column("may_lie_on_expressway").to_numpy()
        line = np.where(may_lie_there & self._is_beside(nearest, points), nearest, other)
        line, second = _served(line, points, things.column("serves_direction").to_pylist(), sides)
        for lines, rows in ((line, np.arange(len(line))), (second, np.flatnonzero(second != NONE))):
            found = self._attached(points[rows], lines[rows])
            some = things.select(["noun", "thing_id"]).take(pa.array(rows))
            columns = {name: some.column(name) for name in some.column_names} | _columns(found)
            insert(database, "road_attachments", pa.table({**columns, "is_reachable": found.edge >= 0}))

    def _is_usable(self) -> Flags:
        """Lines that trucks may drive and that are no scraps."""
        allowed = self.lines.of_route("is_truck_usable")
        of_section = self.sections.component[self.sections.from_node]
        km = np.bincount(of_section, weights=self.sections.length_km, minlength=1)
        of_line = np.zeros(len(self.lines), dtype=np.int64)
        of_line[self.sections.line] = of_section
        is_usable: Flags = allowed & ((of_line == 0) | (km[of_line] > LEAST_ISLAND_KM))
        return is_usable

    def _points(self, things: pa.Table) -> Any:  # noqa: ANN401
        return shapely.points(
            *self.projection.forward(things.column("lon").to_numpy(), things.column("lat").to_numpy())
        )

    def _nearest(self, tree: Any, lines: Places, points: Any) -> Places:  # noqa: ANN401
        """The line nearest to each point, or none within reach."""
        found = np.full(len(points), NONE, dtype=np.int64)
        thing, place = tree.query_nearest(points, max_distance=OFF_ROAD_LIMIT_KM * 1000, all_matches=False)
        found[thing] = lines[place]
        return found

    def _is_beside(self, line: Places, points: Any) -> Flags:  # noqa: ANN401
        """Whether each line passes right by, or is no expressway at all."""
        is_closed = np.zeros(len(line), dtype=np.bool_)
        distance_m = np.full(len(line), np.inf)
        near = np.flatnonzero(line != NONE)
        distance_m[near] = shapely.distance(self.lines.shapes_m[line[near]], points[near])
        is_closed[near] = self.lines.of_route("is_closed_to_crossing")[line[near]]
        is_beside: Flags = (line != NONE) & (~is_closed | (distance_m <= ROADSIDE_KM * 1000))
        return is_beside

    def _attached(self, points: Any, line: Places) -> Attached:  # noqa: ANN401
        found = Attached(
            np.full(len(line), NONE, dtype=np.int64),
            np.full(len(line), NONE, dtype=np.int64),
            np.full(len(line), np.nan),
            np.full(len(line), np.nan),
        )
        thing = np.flatnonzero(line != NONE)
        section, fraction = self._on_section(line[thing], points[thing])
        found.edge[thing] = self.edges.forward_of_section[section]
        found.opposite[thing] = self.edges.backward_of_section[section]
        found.fraction[thing] = fraction
        found.off_road_km[thing] = shapely.distance(self.lines.shapes_m[line[thing]], points[thing]) / 1000
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


def _served(
    line: Places,
    points: Any,  # noqa: ANN401
    directions: list[str | None],
    sides: Carriageways,
) -> tuple[Places, Places]:
    """The carriageway that each thing on a divided road serves, and the second where it serves both."""
    line, second = line.copy(), np.full(len(line), NONE, dtype=np.int64)
    thing = np.array(
        [place for place in np.flatnonzero(sides.are_closed(line)).tolist() if directions[place] is not None],
        dtype=np.int64,
    )
    other = sides.others(line[thing], points[thing])
    runs, runs_other = sides.directions(line[thing]), sides.directions(other)
    for place, across, run, run_other in zip(thing.tolist(), other.tolist(), runs, runs_other, strict=True):
        if directions[place] == "both":
            second[place] = across
        elif run != directions[place] and run_other == directions[place]:
            line[place] = across
    return line, second


def _columns(found: Attached) -> dict[str, Any]:
    return {
        "edge_id": pa.array(found.edge, mask=found.edge < 0),
        "opposite_edge_id": pa.array(found.opposite, mask=found.opposite < 0),
        "fraction": pa.array(found.fraction, from_pandas=True),
        "off_road_km": pa.array(found.off_road_km, from_pandas=True),
    }
