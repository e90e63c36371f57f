"""The speed that a truck is allowed, as signs and tags say it; None where they say nothing that holds for trucks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_KM_PER_MILE: Final = 1.609344
_KM_PER_KNOT: Final = 1.852
_UNITS: Final = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": _KM_PER_MILE, "knots": _KM_PER_KNOT}
_WRITTEN: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*([a-z/]*)")
_SLOWEST_KM_PER_H, _FASTEST_KM_PER_H = 1.0, 140.0  # the contract's own bounds
# Zones where no sign stands: 道路交通安全法实施条例, articles 45 and 78; trucks may drive 100 on an expressway.
_ZONES: Final = {"CN:urban": 50.0, "CN:rural": 70.0, "CN:motorway": 100.0, "walk": 5.0}
# What is said of trucks stands before what is said of all, both directions before one.
_TAGS: Final = (
    ("maxspeed:hgv",), ("maxspeed:hgv:forward", "maxspeed:hgv:backward"),
    ("maxspeed",), ("maxspeed:forward", "maxspeed:backward"),
    ("maxspeed:type",), ("zone:maxspeed",), ("source:maxspeed",),
)  # fmt: skip


def speed_km_per_h(tags: Mapping[str, str]) -> float | None:
    for names in _TAGS:
        speeds = [speed for name in names if name in tags and (speed := _speed(tags[name])) is not None]
        if speeds:
            return min(speeds)
    return None


@lru_cache(maxsize=4096)
def _speed(written: str) -> float | None:
    """Of several speeds (by lane, by hour) the lowest, so that no travel time is promised too short."""
    speeds = [speed for part in re.split(r"[;|,]", written) if (speed := _one_speed(part.strip())) is not None]
    return min(speeds, default=None)


def _one_speed(written: str) -> float | None:
    if written.endswith(":walk"):
        return _ZONES["walk"]
    if written in _ZONES:
        return _ZONES[written]
    found = _WRITTEN.fullmatch(written.lower())
    if found is None or found[2] not in _UNITS:
        return None
    speed = round(float(found[1]) * _UNITS[found[2]], 1)
    return speed if _SLOWEST_KM_PER_H <= speed <= _FASTEST_KM_PER_H else None
