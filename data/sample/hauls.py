"""How one trip goes: driving as fast as each road allows, resting at a place or at the roadside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from data.sample.dice import chance
from data.sample.ground import lengths_m, spot_beside

if TYPE_CHECKING:
    from data.sample.ground import Numbers
    from data.sample.ways import Way

_REACH_DEG = 0.006  # a driver sees a place this near the road
_LOOK_AHEAD_M = 28_000.0
_LONGEST_DRIVE_H = 5.6


@dataclass(frozen=True)
class Manner:
    """How a driver drives and rests."""

    pace: float  # of the speed allowed
    fastest_km_per_h: float
    spell_h: float  # driven, as a rule, before a rest


@dataclass(frozen=True)
class Phase:
    """A stretch of time in which the truck drives along the way (from_m to to_m), or stands (at a spot)."""

    begin_s: float
    end_s: float
    from_m: float
    to_m: float
    spot: tuple[float, float] | None

    @property
    def is_standing(self) -> bool:
        return self.spot is not None


class RestPlaces:
    """Spots where trucks may rest, and how far along each way they lie."""

    def __init__(self, spots: list[tuple[float, float]]) -> None:
        self._spots = spots
        self._points = np.array([shapely.Point(spot) for spot in spots])
        self._tree = shapely.STRtree(self._points)
        self._along: dict[int, list[tuple[float, tuple[float, float]]]] = {}

    def along(self, way: Way) -> list[tuple[float, tuple[float, float]]]:
        if id(way) not in self._along:
            near = self._tree.query(way.string, predicate="dwithin", distance=_REACH_DEG)
            # Found in degrees, which are not as long eastwards as northwards: told in metres by the nodes around.
            degrees = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(way.line, axis=0).T))])
            metres = np.interp(shapely.line_locate_point(way.string, self._points[near]), degrees, way.along)
            self._along[id(way)] = sorted(
                (float(at_m), self._spots[place]) for at_m, place in zip(metres, near.tolist(), strict=True)
            )
        return self._along[id(way)]


class Drive:
    """A trip's time table along its way, without its rests."""

    def __init__(self, way: Way, manner: Manner, rng: np.random.Generator) -> None:
        self.way = way
        mood = np.interp(way.along[1:], *_moods(float(way.along[-1]), rng))
        km_per_h = np.minimum(way.speeds_km_per_h * manner.pace * mood, manner.fastest_km_per_h)
        self.seconds = np.concatenate([[0.0], np.cumsum(lengths_m(way.line) / (km_per_h / 3.6))])

    def time_at(self, at_m: float) -> float:
        return float(np.interp(at_m, self.way.along, self.seconds))

    def place_after(self, seconds: float) -> float:
        return float(np.interp(seconds, self.seconds, self.way.along))

    def places_in(self, phase: Phase, seconds: Numbers) -> Numbers:
        """How far along the way the truck is at moments of a phase."""
        driven = self.time_at(phase.from_m) + (seconds - phase.begin_s) * (not phase.is_standing)
        return np.interp(driven, self.seconds, self.way.along)


def phases_of(drive: Drive, manner: Manner, places: RestPlaces, rng: np.random.Generator) -> list[Phase]:
    """The trip as driving and standing in turn, beginning at second 0."""
    along = places.along(drive.way)
    end_m, at_m, clock = float(drive.way.along[-1]), 0.0, 0.0
    phases: list[Phase] = []
    while True:
        hours = float(np.clip(rng.normal(manner.spell_h, 0.7), 1.0, _LONGEST_DRIVE_H))
        target_m = drive.place_after(drive.time_at(at_m) + hours * 3600)
        is_last = target_m >= end_m - 20_000
        stop_m, spot = (end_m, None) if is_last else _rest(drive.way, target_m, at_m, along, rng)
        arrived = clock + drive.time_at(stop_m) - drive.time_at(at_m)
        phases.append(Phase(clock, arrived, at_m, stop_m, None))
        if spot is None:
            return phases
        clock = arrived + _rest_s(rng)
        phases.append(Phase(arrived, clock, stop_m, stop_m, spot))
        at_m = stop_m


def _moods(length_m: float, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Slower and faster stretches of about ten kilometres."""
    number = max(2, int(length_m / 10_000))
    return np.linspace(0, length_m, number), rng.normal(1.0, 0.07, number).clip(0.75, 1.15)


def _rest(
    way: Way,
    target_m: float,
    after_m: float,
    along: list[tuple[float, tuple[float, float]]],
    rng: np.random.Generator,
) -> tuple[float, tuple[float, float]]:
    """The known place nearest to where the driver wants to rest, else the roadside."""
    near = [one for one in along if abs(one[0] - target_m) < _LOOK_AHEAD_M and one[0] > after_m + 3000]
    if near and not chance(rng, 0.18):
        at_m, (lon, lat) = min(near, key=lambda one: abs(one[0] - target_m) * float(rng.uniform(0.6, 1.4)))
        return at_m, (lon + float(rng.normal(0, 3e-4)), lat + float(rng.normal(0, 2e-4)))
    return target_m, spot_beside(way.line, target_m, 6.0)


def _rest_s(rng: np.random.Generator) -> float:
    if chance(rng, 0.14):
        return float(timedelta(hours=rng.uniform(4.5, 8.0)).total_seconds())
    return float(np.clip(rng.lognormal(np.log(36), 0.45), 8, 150) * 60)
