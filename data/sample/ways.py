"""Ways through the roads: which sections a truck takes from one node to another."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely

from data.sample.ground import along_m, lengths_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.sample.ground import Numbers
    from data.sample.roads import Section

Node: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Way:
    """A line to drive, with the speed allowed on each of its steps."""

    line: Numbers
    speeds_km_per_h: Numbers

    @cached_property
    def along(self) -> Numbers:
        return along_m(self.line)

    @cached_property
    def string(self) -> shapely.LineString:
        return shapely.LineString(self.line)


class Ways:
    """Finds and remembers the cheapest way; `toll_dread` makes each expressway hour count as so many."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._arms: dict[Node, list[tuple[float, bool, Node, Numbers, int]]] = defaultdict(list)
        self._found: dict[tuple[Node, Node, float], Way | None] = {}
        for section in sections:
            self._add(section, section.line)
            if not section.is_oneway:
                self._add(section, section.line[::-1])

    def between(self, start: Sequence[float], end: Sequence[float], toll_dread: float) -> Way | None:
        wanted = (_node(start), _node(end), toll_dread)
        if wanted not in self._found:
            self._found[wanted] = self._search(*wanted)
        return self._found[wanted]

    def _add(self, section: Section, line: Numbers) -> None:
        hours = float(lengths_m(line).sum()) / 1000 / section.speed_km_per_h
        arm = (hours, section.road_class == "高速公路", _node(line[-1]), line, section.speed_km_per_h)
        self._arms[_node(line[0])].append(arm)

    def _search(self, start: Node, end: Node, toll_dread: float) -> Way | None:
        best: dict[Node, float] = {start: 0.0}
        came: dict[Node, tuple[Node, Numbers, int]] = {}
        waiting = [(0.0, start)]
        while waiting:
            cost, node = heapq.heappop(waiting)
            if node == end:
                return _joined(start, end, came)
            if cost > best[node]:
                continue
            for hours, is_toll, further, line, speed in self._arms[node]:
                total = cost + hours * (toll_dread if is_toll else 1.0)
                if total < best.get(further, np.inf):
                    best[further] = total
                    came[further] = (node, line, speed)
                    heapq.heappush(waiting, (total, further))
        return None


def _node(position: Sequence[float] | Numbers) -> Node:
    return round(float(position[0]), 6), round(float(position[1]), 6)


def _joined(start: Node, end: Node, came: dict[Node, tuple[Node, Numbers, int]]) -> Way | None:
    lines: list[Numbers] = []
    speeds: list[Numbers] = []
    node = end
    while node != start:
        node, line, speed = came[node]
        lines.append(line[1:])
        speeds.append(np.full(len(line) - 1, float(speed)))
    if not lines:
        return None
    return Way(np.vstack([np.array([start]), *lines[::-1]]), np.concatenate(speeds[::-1]))
