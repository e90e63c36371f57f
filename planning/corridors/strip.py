"""A corridor as a strip: all that lies along it, by kilometre, in the order of driving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.corridors.located import located
from planning.corridors.rest_points import resources_along
from planning.driving import breakpoint_bins, roadside_stop_bins

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.report import CorridorReport
    from planning.corridors.rest_points import RestPoint
    from planning.driving import Bin

RISK_KM = 5.0


@dataclass(frozen=True)
class RiskStretch:
    """Some kilometres with their crashes of the time that a rule looks back on."""

    from_km: float
    to_km: float
    crashes: int
    deaths: int


@dataclass(frozen=True)
class Strip:
    """What a chart shows of a corridor."""

    report: CorridorReport
    service_areas: tuple[RestPoint, ...]
    breakpoints: tuple[Bin, ...]
    roadside_stops: tuple[Bin, ...]
    risks: tuple[RiskStretch, ...]


def strip_of(atlas: Atlas, report: CorridorReport) -> Strip:
    line = report.line
    return Strip(
        report=report,
        service_areas=resources_along(atlas, line, ("service_area", "parking_area")),
        breakpoints=tuple(
            one for one in breakpoint_bins(atlas) if one.ref == line.ref and one.direction in {None, line.direction}
        ),
        roadside_stops=tuple(one for one in roadside_stop_bins(atlas) if one.ref == line.ref),
        risks=_risks(atlas, line.ref),
    )


def _risks(atlas: Atlas, ref: str) -> tuple[RiskStretch, ...]:
    """Crashes on the road, some kilometres together; those that the files place by position alone are found on it."""
    rows = atlas.query("crashes").to_pylist()
    lon, lat = (np.array([row[axis] for row in rows], dtype=np.float64) for axis in ("lon", "lat"))
    found = located(atlas, lon, lat)
    heaps: dict[float, list[int]] = {}
    for place, road, km in zip(found.position.tolist(), found.ref, found.km.tolist(), strict=True):
        if road == ref:
            heaps.setdefault(float(np.floor(km / RISK_KM) * RISK_KM), []).append(rows[place]["deaths"] or 0)
    return tuple(
        RiskStretch(from_km, from_km + RISK_KM, len(deaths), sum(deaths)) for from_km, deaths in sorted(heaps.items())
    )
