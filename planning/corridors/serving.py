"""Which stretches of a corridor are served, how long the chain of them is, and what one more station would join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.corridors.corridor import Corridor
    from planning.corridors.rest_points import RestPoint

_NOTHING_MIN = 1e-6


@dataclass(frozen=True)
class Stretch:
    """A part of a corridor in the order of driving."""

    from_km: float
    to_km: float
    from_min: float
    to_min: float

    @property
    def length_km(self) -> float:
        return abs(self.to_km - self.from_km)

    @property
    def length_min(self) -> float:
        return self.to_min - self.from_min


@dataclass(frozen=True)
class Joining:
    """The gap whose filling makes the longest chain, and how long it would be."""

    gap: Stretch
    joined_km: float


def served_stretches(line: Corridor, points: Sequence[RestPoint], within_min: float) -> tuple[Stretch, ...]:
    """Where a rest point lies ahead within so many minutes, its detour included; none overlap."""
    spans = sorted(
        (max(0.0, point.at_min - (within_min - point.detour_min)), point.at_min)
        for point in points
        if point.detour_min <= within_min
    )
    merged: list[list[float]] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1] + _NOTHING_MIN:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    return tuple(_stretch(line, begin, end) for begin, end in merged if end - begin > _NOTHING_MIN)


def between(line: Corridor, stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What these leave out of the line."""
    edges = [0.0, *(moment for one in stretches for moment in (one.from_min, one.to_min)), line.whole_min]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(_stretch(line, begin, end) for begin, end in pairs if end - begin > _NOTHING_MIN)


def longest(stretches: Sequence[Stretch]) -> Stretch | None:
    return max(stretches, key=lambda one: one.length_km, default=None)


def joining(served: Sequence[Stretch], gaps: Sequence[Stretch], within_min: float) -> Joining | None:
    """A station at the end of a gap serves so many minutes before it: gaps no longer than that can be closed by one."""
    best: Joining | None = None
    for gap in gaps:
        if gap.length_min > within_min + _NOTHING_MIN:
            continue
        before = [one for one in served if abs(one.to_min - gap.from_min) <= _NOTHING_MIN]
        after = [one for one in served if abs(one.from_min - gap.to_min) <= _NOTHING_MIN]
        whole = sum(one.length_km for one in (*before, gap, *after))
        if best is None or whole > best.joined_km:
            best = Joining(gap, whole)
    return best


def truck_km_on(line: Corridor, stretches: Sequence[Stretch]) -> float:
    """Truck-km a day on these stretches, of the trucks that are known."""
    begin, end = line.begin_min, line.begin_min + np.where(np.isfinite(line.minutes), line.minutes, 0.0)
    shared = np.zeros(len(begin))
    for one in stretches:
        shared += np.clip(np.minimum(end, one.to_min) - np.maximum(begin, one.from_min), 0.0, None)
    share = np.divide(shared, end - begin, out=np.zeros(len(begin)), where=end > begin)
    return float(np.nansum(share * line.km * line.trucks_per_day))


def _stretch(line: Corridor, begin_min: float, end_min: float) -> Stretch:
    return Stretch(line.km_at(begin_min), line.km_at(end_min), begin_min, end_min)
