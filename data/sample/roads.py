"""Road sections, one to ten kilometres long, that share their ends."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from data.sample.dice import dice
from data.sample.ground import along_m, beside, lengths_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.sample.ground import Numbers

Box: TypeAlias = tuple[float, float, float, float]  # west, south, east, north

_CARRIAGEWAY_M = 18.0
_LONGEST_SECTION_M = {True: 3_200.0, False: 9_000.0}  # near the county, and far from it
_VERTEX_M = 450.0


@dataclass(frozen=True)
class Section:
    """A piece of road; its line runs in the direction of travel."""

    ref: str
    name: str
    road_class: str
    direction: str
    speed_km_per_h: int
    stakes_km: tuple[float, float] | None
    trucks_per_day: int | None
    hazmat: str
    line: Numbers

    @property
    def is_oneway(self) -> bool:
        return self.direction != "双向"


def sections_of(plan: dict[str, Any], near: Box) -> list[Section]:
    """All sections of a plan of roads; those inside `near` are shorter."""
    crossings: dict[tuple[str, str], Numbers] = {}
    sections = [section for road in plan["road"] for section in _road(road, plan["nodes"], near, crossings)]
    return [*sections, *_ramps(plan, crossings)]


def _road(
    road: dict[str, Any], nodes: dict[str, list[float]], near: Box, crossings: dict[tuple[str, str], Numbers]
) -> Iterator[Section]:
    """The sections of a road; where its carriageways pass each node is noted in `crossings`."""
    rng = dice(f"road {road['ref']} {road['through'][0]}")
    whole, cuts, passed = _whole_line(road, nodes, near)
    stakes = along_m(whole) / 1000 + float(road["stake_from_km"])
    sides = {"双向": whole}
    if road.get("is_divided"):
        sides = {"上行": beside(whole, _CARRIAGEWAY_M), "下行": beside(whole, -_CARRIAGEWAY_M)}
    for side, line in sides.items():
        crossings.update({(node, side): line[place] for place, node in passed.items()})
    start = road["through"][0]
    for begin, end in pairwise(cuts):
        start = passed.get(begin, start)
        trucks = _counted(road.get("trucks_per_day"), rng)
        for side, line in sides.items():
            yield Section(
                ref=road["ref"],
                name=road["name"],
                road_class=road["class"],
                direction=side,
                speed_km_per_h=int(road.get("slow", {}).get(start, road["speed_km_per_h"])),
                stakes_km=(round(float(stakes[begin]), 3), round(float(stakes[end]), 3)),
                trucks_per_day=trucks if trucks is None or side == "双向" else trucks // 2 - 35 * (side == "下行"),
                hazmat="否" if start in road.get("no_hazmat_from", ()) else str(road["hazmat"]),
                line=line[begin : end + 1][:: -1 if side == "下行" else 1],
            )


def _whole_line(
    road: dict[str, Any], nodes: dict[str, list[float]], near: Box
) -> tuple[Numbers, list[int], dict[int, str]]:
    """The road from end to end, where it is cut into sections, and which of its points are nodes."""
    through = road["through"]
    lines, cuts, passed, so_far = [], [0], {0: through[0]}, 0
    for start, end in pairwise(through):
        line = _wandering(nodes[start], nodes[end], f"{road['ref']} {start} {end}")
        cuts += [so_far + cut for cut in _cuts(line, near)]
        so_far += len(line) - 1
        passed[so_far] = end
        lines.append(line[:-1])
    return np.vstack([*lines, np.array([nodes[through[-1]]])]), cuts, passed


def _ramps(plan: dict[str, Any], crossings: dict[tuple[str, str], Numbers]) -> Iterator[Section]:
    for interchange, ground in plan.get("interchanges", {}).items():
        for side in ("上行", "下行"):
            high, low = crossings[interchange, side].tolist(), plan["nodes"][ground]
            for way, ends in (("出口", (high, low)), ("入口", (low, high))):
                name = f"{interchange}{side}{way}匝道"
                yield Section("G70", name, "匝道", side, 40, None, None, "是", _wandering(*ends, name))


def _wandering(start: list[float], end: list[float], stream: str) -> Numbers:
    """A line from one position to another that bends as roads do."""
    rng = dice(f"line {stream}")
    line = np.array([start, end], dtype=np.float64)
    sway = 0.11
    while lengths_m(line).max() > _VERTEX_M:
        middle = (line[1:] + line[:-1]) / 2
        across = np.diff(line, axis=0)[:, ::-1] * np.array([1.0, -1.0])
        middle += across * rng.normal(0.0, sway, (len(middle), 1)).clip(-0.18, 0.18)
        merged = np.empty((len(line) * 2 - 1, 2))
        merged[0::2], merged[1::2] = line, middle
        line, sway = merged, sway * 0.8
    return np.round(line, 6)


def _cuts(line: Numbers, near: Box) -> list[int]:
    """The points at which a line is cut into about equal pieces, and its end."""
    west, south, east, north = near
    middle = line[len(line) // 2]
    is_near = bool(west < middle[0] < east and south < middle[1] < north)
    places = along_m(line)
    number = max(1, int(np.ceil(places[-1] / _LONGEST_SECTION_M[is_near])))
    cuts = np.searchsorted(places, np.linspace(0, places[-1], number + 1)[1:])
    return sorted({int(cut) for cut in cuts if cut > 0} | {len(line) - 1})


def _counted(trucks_per_day: int | None, rng: np.random.Generator) -> int | None:
    """A count where there is a counter: on about three sections of five."""
    if trucks_per_day is None or rng.random() < 0.4:
        return None
    return round(trucks_per_day * float(rng.normal(1.0, 0.12)) / 10) * 10
