"""Where lines share a vertex, and which vertices therefore are nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from etl.derived.road_network.arrays import Flags, Places
    from etl.derived.road_network.drawn_lines import DrawnLines

# A file in which so many ends lie on a vertex of another line was drawn as a network, and is believed where lines
# cross without a vertex. Files of OpenStreetMap have 77 to 90 % (the rest are dead ends and the edge of the file);
# where lines were only drawn over each other it is a few.
NETWORK_SHARE = 0.6
LEVELS = 64
LEAST_ARMS = 3  # with two arms a vertex is passed and nothing more, however many lines are drawn there


@dataclass(frozen=True)
class Junctions:
    """What stands at each vertex: a spot has one number for all the vertices that meet there."""

    spot: Places
    spots: int
    is_node: Flags
    is_dangling: Flags  # an end that no other vertex shares
    is_network: Flags  # of each line: it comes from a file that was drawn as a network


def find_junctions(lines: DrawnLines) -> Junctions:
    """Ends are nodes, and so are vertices where lines of one level come together."""
    keys, spot = np.unique(lines.spot_key, return_inverse=True)
    visits = np.bincount(spot)
    has_end = np.bincount(spot[lines.is_end], minlength=len(keys)) > 0
    is_dangling = lines.is_end & (visits[spot] == 1)
    inner = np.flatnonzero((visits[spot] > 1) & ~has_end[spot])
    is_node = has_end[spot]
    spot, spots = _by_level(lines, spot, inner, len(keys))
    is_node[inner] = _arms(spot, inner, spots) >= LEAST_ARMS
    return Junctions(spot, spots, is_node, is_dangling, _is_network(lines, is_dangling))


def _by_level(lines: DrawnLines, spot: Places, inner: Places, spots: int) -> tuple[Places, int]:
    """A vertex inside a bridge and inside the road below is two spots."""
    level = lines.of_route("level").astype(np.int64)[lines.line[inner]] + LEVELS // 2
    apart, own = np.unique(spot[inner] * LEVELS + level, return_inverse=True)
    parted = spot.copy()
    parted[inner] = spots + own
    return parted, spots + len(apart)


def _arms(spot: Places, inner: Places, spots: int) -> Places:
    """For each of these vertices how many different neighbours its spot has."""
    neighbours = np.concatenate((spot[inner - 1], spot[inner + 1]))
    arms = np.unique(np.tile(spot[inner], 2) * spots + neighbours) // spots
    return np.bincount(arms, minlength=spots)[spot[inner]]


def _is_network(lines: DrawnLines, is_dangling: Flags) -> Flags:
    origins, origin = np.unique(lines.of_route("origin_id"), return_inverse=True)
    of_end = origin[lines.line[lines.is_end]]
    ends = np.bincount(of_end, minlength=len(origins))
    dangling = np.bincount(of_end, weights=is_dangling[lines.is_end], minlength=len(origins))
    is_network: Flags = (dangling <= (1 - NETWORK_SHARE) * ends)[origin]
    return is_network
