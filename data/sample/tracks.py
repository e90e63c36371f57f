"""Trips as the positions that a tracker sends, with what trackers do wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.sample.dice import chance
from data.sample.ground import M_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.sample.ground import Numbers
    from data.sample.trucks import Trip, Truck

_STANDING_S = 600.0  # a standing tracker speaks seldom
_AWAKE_S = 7200.0
_ASLEEP_S = 3600.0
_NOISE_M = 7.0


@dataclass(frozen=True)
class Track:
    """One truck's positions in the order in which they were sent."""

    seconds: Numbers  # after the first day's midnight
    lon: Numbers
    lat: Numbers
    speed_km_per_h: Numbers
    heading_deg: Numbers

    def taken(self, places: np.ndarray) -> Track:
        return Track(*(values[places] for values in vars(self).values()))


def track_of(truck: Truck, trips: Iterable[Trip], days: int, rng: np.random.Generator) -> Track:
    pieces = [_piece(truck, trip, rng) for trip in trips]
    if not pieces:
        return Track(*(np.empty(0) for _ in range(5)))
    whole = Track(*(np.concatenate(values) for values in zip(*(vars(one).values() for one in pieces), strict=True)))
    whole = whole.taken(np.flatnonzero((whole.seconds >= 0) & (whole.seconds < days * 86_400)))
    return _worn(whole, rng)


def _piece(truck: Truck, trip: Trip, rng: np.random.Generator) -> Track:
    """The positions of one trip and of the rest after it."""
    seconds: list[Numbers] = []
    metres: list[Numbers] = []
    spots: list[Numbers] = []
    for phase in trip.phases:
        step = _STANDING_S if phase.is_standing else truck.interval_s
        times = np.arange(phase.begin_s, phase.end_s, step)
        times = times + rng.uniform(-0.04, 0.04, len(times)) * step
        seconds.append(times)
        metres.append(trip.drive.places_in(phase, times))
        spots.append(np.full((len(times), 2), np.nan if phase.spot is None else phase.spot))
    end_s, way = trip.phases[-1].end_s, trip.drive.way
    awake_s = np.arange(end_s + 30, end_s + _AWAKE_S, _STANDING_S)
    resting = np.concatenate([awake_s, np.arange(end_s + _AWAKE_S, end_s + 7 * 86_400, _ASLEEP_S)])
    resting = resting[resting < trip.until_s - trip.starts_s - 60]
    seconds.append(resting)
    metres.append(np.full(len(resting), way.along[-1]))
    spots.append(np.tile(way.line[-1], (len(resting), 1)))
    return _placed(trip, np.concatenate(seconds), np.concatenate(metres), np.vstack(spots), rng)


def _placed(trip: Trip, seconds: Numbers, metres: Numbers, spots: Numbers, rng: np.random.Generator) -> Track:
    along, line = trip.drive.way.along, trip.drive.way.line
    is_standing = ~np.isnan(spots[:, 0])
    noise = rng.normal(0.0, _NOISE_M, (len(seconds), 2)) / M_PER_DEG
    noise[is_standing] *= 0.3
    lon = np.where(is_standing, spots[:, 0], np.interp(metres, along, line[:, 0])) + noise[:, 0] * 1.22
    lat = np.where(is_standing, spots[:, 1], np.interp(metres, along, line[:, 1])) + noise[:, 1]
    step = np.clip(np.searchsorted(along, metres) - 1, 0, len(line) - 2)
    east, north = (line[step + 1] - line[step]).T
    heading = np.degrees(np.arctan2(east * 0.81, north)) % 360
    speed = np.gradient(metres, seconds) * 3.6 if len(seconds) > 1 else np.zeros(len(seconds))
    speed = np.where(is_standing, 0.0, np.clip(speed + rng.normal(0, 2.5, len(speed)), 3, 110))
    return Track(seconds + trip.starts_s, lon, lat, speed, np.where(is_standing, 0.0, heading))


def _worn(track: Track, rng: np.random.Generator) -> Track:
    """Gaps, jumps, frozen positions and rows sent twice."""
    number = len(track.seconds)
    if number < 200:
        return track
    keep = np.ones(number, dtype=bool)
    for _ in range(int(rng.poisson(1.2))):
        begin = int(rng.integers(number))
        keep[begin : begin + int(rng.integers(15, 70))] = False
    if chance(rng, 0.25):
        jumped = int(rng.integers(number))
        track.lon[jumped] += float(rng.normal(0, 0.35))
        track.lat[jumped] += float(rng.normal(0, 0.3))
    if chance(rng, 0.3):
        begin = int(rng.integers(number - 30))
        frozen = slice(begin, begin + int(rng.integers(5, 25)))
        track.lon[frozen], track.lat[frozen] = track.lon[begin], track.lat[begin]
    order = np.flatnonzero(keep)
    twice = order[rng.random(len(order)) < 0.003]
    return track.taken(np.sort(np.concatenate([order, twice]), kind="stable"))
