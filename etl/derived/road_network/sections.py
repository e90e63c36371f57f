"""Lines cut at their nodes: the sections of road and the nodes between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from etl.derived.road_network.arrays import Flags, Numbers, Places
    from etl.derived.road_network.drawn_lines import DrawnLines
    from etl.derived.road_network.junctions import Junctions
    from etl.derived.road_network.near_meetings import Meetings
    from etl.projection import LocalProjection

SAME_SPOT_M = 0.001  # what lies nearer on a line is apart by rounding alone
BAND_DEG = 0.05  # nodes are numbered along bands, so that neighbours have numbers that are near


@dataclass(frozen=True)
class Sections:
    """Pieces of road between two nodes, in the order of their lines and along them."""

    line: Places
    from_node: Places
    to_node: Places
    from_m: Numbers  # along, as in DrawnLines
    to_m: Numbers
    node_lon: Numbers
    node_lat: Numbers
    component: Places  # of each node, 0 the one with the most road

    @property
    def length_km(self) -> Numbers:
        return (self.to_m - self.from_m) / 1000

    @property
    def is_dead_end(self) -> Flags:
        """Of each node whether it has one arm alone."""
        arms = np.bincount(np.concatenate((self.from_node, self.to_node)), minlength=len(self.node_lon))
        is_dead_end: Flags = arms == 1
        return is_dead_end


def cut_at_nodes(lines: DrawnLines, junctions: Junctions, meetings: Meetings, projection: LocalProjection) -> Sections:
    vertex = np.flatnonzero(junctions.is_node)
    line = np.concatenate((lines.line[vertex], meetings.line))
    along_m = np.concatenate((lines.along_m[vertex], meetings.along_m))
    spot = np.concatenate((junctions.spot[vertex], meetings.spot))
    order = np.lexsort((along_m, line))
    line, along_m, spot = line[order], along_m[order], spot[order]
    is_new = (np.diff(line, prepend=-1) > 0) | (np.diff(along_m, prepend=-1.0) > SAME_SPOT_M)
    one_spot = np.flatnonzero(~is_new)
    same = np.concatenate((meetings.same, np.column_stack((spot[one_spot - 1], spot[one_spot]))))
    group = _groups(junctions.spots + len(meetings.crossing_x_m), same)
    node_lon, node_lat, node_of_group = _nodes(_positions(lines, junctions, meetings, projection), group, spot)
    node = node_of_group[group[spot]]
    line, along_m, node = line[is_new], along_m[is_new], node[is_new]
    begin = np.flatnonzero(np.diff(line) == 0)
    from_node, to_node, length_m = node[begin], node[begin + 1], along_m[begin + 1] - along_m[begin]
    return Sections(
        line=line[begin],
        from_node=from_node,
        to_node=to_node,
        from_m=along_m[begin],
        to_m=along_m[begin + 1],
        node_lon=node_lon,
        node_lat=node_lat,
        component=_components(len(node_lon), from_node, to_node, length_m),
    )


def _groups(spots: int, same: Places) -> Places:
    """For each spot the number of the group of spots that are one with it."""
    if not len(same):
        return np.arange(spots)
    pairs = coo_array((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=(spots, spots))
    groups: Places = connected_components(pairs, directed=False)[1].astype(np.int64)
    return groups


def _positions(lines: DrawnLines, junctions: Junctions, meetings: Meetings, projection: LocalProjection) -> Numbers:
    """Longitude and latitude of each spot that is a node, in two rows."""
    vertex = np.flatnonzero(junctions.is_node)
    positions = np.full((2, junctions.spots), np.nan)
    positions[:, junctions.spot[vertex]] = lines.lon[vertex], lines.lat[vertex]
    crossings = np.array(projection.inverse(meetings.crossing_x_m, meetings.crossing_y_m))
    return np.concatenate((positions, crossings), axis=1)


def _nodes(positions: Numbers, group: Places, spot: Places) -> tuple[Numbers, Numbers, Places]:
    """Position of each node, numbered along bands, and which node each group of spots is."""
    used = np.unique(spot)
    groups, first = np.unique(group[used], return_index=True)
    lon, lat = positions[:, used[first]]
    order = np.lexsort((lon, np.floor(lat / BAND_DEG)))
    node_of_group = np.zeros(len(group), dtype=np.int64)
    node_of_group[groups[order]] = np.arange(len(groups))
    return lon[order], lat[order], node_of_group


def _components(nodes: int, from_node: Places, to_node: Places, length_m: Numbers) -> Places:
    """Connected pieces, the one with the most road first; of two alike the one with the lowest node."""
    links = coo_array((np.ones(len(from_node)), (from_node, to_node)), shape=(nodes, nodes))
    count, piece = connected_components(links, directed=False)
    most_first = np.argsort(-np.bincount(piece[from_node], weights=length_m, minlength=count), kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[most_first] = np.arange(count)
    ranked: Places = rank[piece]
    return ranked
