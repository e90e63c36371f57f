"""Where lines meet without sharing a vertex: ends that fall short of another road, and crossings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from etl.derived.road_network.arrays import Flags, Numbers, Places
    from etl.derived.road_network.drawn_lines import DrawnLines
    from etl.derived.road_network.junctions import Junctions

# An end so near another road was meant to reach it: the width of a road, and what hand drawing is off by.
SNAP_M = 5.0
# In a file drawn as a network an end near a line mostly ends there on purpose, unless it all but touches it:
# a position of five decimals is off by as much.
TOUCH_M = 1.0


@dataclass(frozen=True)
class Meetings:
    """Spots set into lines, `along_m` as in DrawnLines; spots that are one; and new spots where lines cross."""

    line: Places
    along_m: Numbers
    spot: Places
    same: Places  # two columns
    crossing_x_m: Numbers
    crossing_y_m: Numbers
    snapped_ends: int


def find_meetings(lines: DrawnLines, junctions: Junctions) -> Meetings:
    same = _ends_that_meet(lines, junctions)
    vertex, onto, along_m = _ends_at_lines(lines, junctions, junctions.spot[same].ravel())
    line, crossed, x_m, y_m = _crossings(lines, junctions)
    spots = junctions.spots + np.arange(len(x_m))
    points = shapely.points(x_m, y_m)
    return Meetings(
        line=np.concatenate((onto, line, crossed)),
        along_m=np.concatenate((along_m, _located(lines, line, points), _located(lines, crossed, points))),
        spot=np.concatenate((junctions.spot[vertex], spots, spots)),
        same=junctions.spot[same],
        crossing_x_m=x_m,
        crossing_y_m=y_m,
        snapped_ends=len(np.unique(same)) + len(vertex),
    )


def _ends_that_meet(lines: DrawnLines, junctions: Junctions) -> Places:
    """Pairs of loose ends, as vertices."""
    loose = np.flatnonzero(junctions.is_dangling)
    if not len(loose):
        return np.empty((0, 2), dtype=np.int64)
    pairs = cKDTree(np.column_stack((lines.x_m[loose], lines.y_m[loose]))).query_pairs(SNAP_M, output_type="ndarray")
    vertices = loose[pairs.reshape(-1, 2)]
    vertices = vertices[lines.line[vertices[:, 0]] != lines.line[vertices[:, 1]]]
    ordered: Places = vertices[np.lexsort(vertices.T)]
    return ordered


def _ends_at_lines(lines: DrawnLines, junctions: Junctions, settled: Places) -> tuple[Places, Places, Numbers]:
    """Ends that all but reach the middle of a line: the vertex, the line and where on it."""
    ends = np.flatnonzero(_may_reach(lines, junctions, settled))
    points: Any = shapely.points(lines.x_m[ends], lines.y_m[ends])
    chosen, onto = shapely.STRtree(lines.shapes_m).query(points, predicate="dwithin", distance=SNAP_M)
    vertex = ends[chosen]
    distance_m: Numbers = shapely.distance(points[chosen], lines.shapes_m[onto])
    fits = distance_m <= _reach_m(lines, junctions, vertex, onto)
    fits &= ~_passes(lines, junctions, vertex, onto)
    level = lines.of_route("level")
    fits &= level[lines.line[vertex]] == level[onto]
    nearest = np.lexsort((onto[fits], distance_m[fits], vertex[fits]))
    vertex, first = np.unique(vertex[fits][nearest], return_index=True)
    onto = onto[fits][nearest][first].astype(np.int64)
    return vertex, onto, _located(lines, onto, shapely.points(lines.x_m[vertex], lines.y_m[vertex]))


def _may_reach(lines: DrawnLines, junctions: Junctions, settled: Places) -> Flags:
    """Loose ends; and one of several ends on a spot, where a file is no network: a main road may lack the vertex."""
    may_reach = junctions.is_dangling.copy()
    if not junctions.is_network.all():
        ends = np.flatnonzero(lines.is_end)
        may_reach[ends[np.unique(junctions.spot[ends], return_index=True)[1]]] = True
    may_reach &= ~np.isin(junctions.spot, settled)
    return may_reach


def _reach_m(lines: DrawnLines, junctions: Junctions, vertex: Places, onto: Places) -> Numbers:
    is_network = junctions.is_network[lines.line[vertex]] & junctions.is_network[onto]
    return np.where(junctions.is_dangling[vertex] & ~is_network, SNAP_M, TOUCH_M)


def _passes(lines: DrawnLines, junctions: Junctions, vertex: Places, onto: Places) -> Flags:
    """Whether the line passes through the vertex's spot anyway."""
    spots = junctions.spots
    near = np.flatnonzero(np.isin(junctions.spot, junctions.spot[vertex]))
    return np.isin(onto * spots + junctions.spot[vertex], lines.line[near] * spots + junctions.spot[near])


def _crossings(lines: DrawnLines, junctions: Junctions) -> tuple[Places, Places, Numbers, Numbers]:
    """Pairs of lines of the ground that cross, one of them at least from a file that is no network, and where."""
    is_ground = (lines.of_route("level") == 0) & ~lines.of_route("is_closed_to_crossing")
    drawn = np.flatnonzero(is_ground & ~junctions.is_network)
    ground = np.flatnonzero(is_ground)
    one, other = shapely.STRtree(lines.shapes_m[ground]).query(lines.shapes_m[drawn], predicate="crosses")
    one, other = drawn[one], ground[other]
    is_told_once = (one < other) | junctions.is_network[other]
    one, other = one[is_told_once], other[is_told_once]
    met = shapely.intersection(lines.shapes_m[one], lines.shapes_m[other])
    parts, pair = shapely.get_parts(met, return_index=True)
    is_point = shapely.get_type_id(parts) == shapely.GeometryType.POINT
    parts, pair = parts[is_point], pair[is_point]
    return one[pair], other[pair], shapely.get_x(parts), shapely.get_y(parts)


def _located(lines: DrawnLines, line: Places, points: Any) -> Numbers:  # noqa: ANN401  (points of shapely)
    """How far along each spot lies on its line, counted over all lines."""
    within_m: Numbers = shapely.line_locate_point(lines.shapes_m[line], points)
    begin_m, end_m = lines.along_m[lines.first[line]], lines.along_m[lines.last[line]]
    return np.clip(begin_m + within_m, begin_m, end_m)
