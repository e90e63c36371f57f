"""The demand of a spacing rule: stretches of corridor, each direction by itself, that want a station ahead near enough.

Each corridor is cut where stations and candidates lie and as many km before them as the rule allows, so that every
stretch is served as a whole or not at all. The end of a corridor counts as a station, as in the audit of spacing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, hstack

from planning.corridors.corridor import corridors
from planning.corridors.rest_points import detour_costs, met_along, stations_along
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.access import Access
    from planning.atlas import Atlas
    from planning.cell_table import Flags, Numbers
    from planning.corridors.corridor import Corridor
    from planning.siting.question import CorridorRule, SitingQuestion
    from planning.standards import Standards

SPACING_STANDARDS: Mapping[CorridorRule, str] = {
    "driver_homes": "driver_home_spacing_km",
    "service_areas": "service_area_spacing_km",
}
_NOTHING_KM = 1e-6


@dataclass(frozen=True)
class SpacingDemand:
    """`served_by` has a row for each candidate and a column for each stretch."""

    length_km: Numbers
    is_served: Flags  # by a station that fits today, or by the end of the corridor
    served_by: csr_array


def spacing_km(question: SitingQuestion, standards: Standards) -> float | None:
    """How far stations may lie apart; None where the rule is one of minutes."""
    name = SPACING_STANDARDS.get(question.rule) if question.goal == "corridors" else None
    return None if name is None else standard(name, standards).value


def spacing_demand(atlas: Atlas, question: SitingQuestion, access: Access) -> SpacingDemand | None:
    """The stretches of all corridors that the rule is for; service areas lie on expressways."""
    most_km = spacing_km(question, standards_of(atlas.place_folder))
    if most_km is None:
        return None
    lines = [one for one in corridors(atlas) if one.is_expressway or question.rule != "service_areas"]
    costs = detour_costs(atlas, access) if lines else None
    parts = [_nothing(access.things)]
    for line in lines:
        today = [point.km for point in stations_along(atlas, line, question.need)]
        met = met_along(atlas, line, access, costs) if costs else {}
        candidates = {thing: km for thing, (km, _) in met.items()}
        parts.append(stretches(line_ends(line), today, candidates, most_km, access.things))
    return SpacingDemand(
        np.concatenate([part.length_km for part in parts]),
        np.concatenate([part.is_served for part in parts]),
        csr_array(hstack([part.served_by for part in parts], format="csr")),
    )


def line_ends(line: Corridor) -> tuple[float, float]:
    """Its first and last kilometre, in the order of driving."""
    return float(line.from_km[0]), float(line.to_km[-1])


def stretches(
    ends: tuple[float, float], today: Sequence[float], candidates: Mapping[int, float], most_km: float, things: int
) -> SpacingDemand:
    """One line: kilometres of stations and candidates on it, which may fall as one drives."""
    ahead = 1.0 if ends[1] >= ends[0] else -1.0
    begin, end = ends[0] * ahead, ends[1] * ahead
    stops = np.array([*(km * ahead for km in today), end])
    number = np.array(list(candidates), dtype=np.int64)
    at = np.array(list(candidates.values()), dtype=np.float64) * ahead
    cuts = np.concatenate([[begin, end], stops, stops - most_km, at, at - most_km])
    cuts = np.unique(np.clip(cuts, begin, end))
    kept = np.diff(cuts) > _NOTHING_KM
    from_, to = cuts[:-1][kept], cuts[1:][kept]
    row, column = np.nonzero(_serves(at, from_, to, most_km))
    served_by = csr_array((np.ones(len(row)), (number[row], column)), shape=(things, len(from_)))
    return SpacingDemand(to - from_, np.asarray(_serves(stops, from_, to, most_km).any(axis=0)), served_by)


def _serves(at: Numbers, from_: Numbers, to: Numbers, most_km: float) -> Flags:
    """Whether a stop lies behind the whole of a stretch, and near enough to its beginning."""
    stop = at[:, None]
    return np.asarray((stop >= to - _NOTHING_KM) & (stop - from_ <= most_km + _NOTHING_KM))


def _nothing(things: int) -> SpacingDemand:
    return SpacingDemand(np.zeros(0), np.zeros(0, dtype=np.bool_), csr_array((things, 0)))
