"""The three rules of spacing: service areas, parking areas, driver homes; each direction by itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from planning.corridors.rest_points import resources_along, stations_along
from planning.need import Need
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor
    from planning.corridors.rest_points import RestPoint

Rule: TypeAlias = Literal["service_areas", "parking_areas", "driver_homes"]
RULE_LABELS: dict[Rule, str] = {
    "service_areas": mark("Service areas, on average"),
    "parking_areas": mark("Parking area to its neighbours"),
    "driver_homes": mark("Driver homes"),
}


@dataclass(frozen=True)
class Spacing:
    """From one place to the next along the line; an end of the corridor is no place and has no name."""

    from_name: str
    to_name: str
    from_km: float
    to_km: float

    @property
    def km(self) -> float:
        return abs(self.to_km - self.from_km)


@dataclass(frozen=True)
class RuleAnswer:
    """What one rule says of a corridor; None where it does not apply or nothing is there to measure."""

    rule: Rule
    is_kept: bool | None
    value_km: float | None  # what the rule compares
    spacings: tuple[Spacing, ...]
    broken: tuple[Spacing, ...]
    standards: tuple[str, ...]


def spacing_audit(atlas: Atlas, line: Corridor) -> tuple[RuleAnswer, ...]:
    """The three rules, in the order of the page."""
    return (_service_areas(atlas, line), _parking_areas(atlas, line), _driver_homes(atlas, line))


def _service_areas(atlas: Atlas, line: Corridor) -> RuleAnswer:
    """On expressways the mean of the spacings, the way to the first and from the last included in the length."""
    limit_km = standard("service_area_spacing_km", standards_of(atlas.place_folder)).value
    names = ("service_area_spacing_km",)
    places = _on_the_line(resources_along(atlas, line, ("service_area",)))
    if not line.is_expressway:
        return RuleAnswer("service_areas", None, None, (), (), names)
    spacings = _between(places)
    mean_km = line.length_km / len(places) if places else None
    is_kept = mean_km is not None and mean_km <= limit_km
    far = tuple(one for one in _with_ends(line, places) if one.km > limit_km)
    return RuleAnswer("service_areas", is_kept, mean_km, spacings, far, names)


def _parking_areas(atlas: Atlas, line: Corridor) -> RuleAnswer:
    standards = standards_of(atlas.place_folder)
    least_km = standard("parking_area_spacing_from_km", standards).value
    most_km = standard("parking_area_spacing_to_km", standards).value
    names = ("parking_area_spacing_from_km", "parking_area_spacing_to_km")
    places = _on_the_line(resources_along(atlas, line, ("service_area", "parking_area")))
    if not line.is_expressway:
        return RuleAnswer("parking_areas", None, None, (), (), names)
    pairs = [pair for pair in pairwise(places) if "parking_area" in (pair[0].kind, pair[1].kind)]
    spacings = tuple(_spacing(*pair) for pair in pairs)
    broken = tuple(one for one in spacings if not least_km <= one.km <= most_km)
    return RuleAnswer(
        "parking_areas", not broken if spacings else None, max((one.km for one in spacings), default=None), spacings,
        broken, names,
    )  # fmt: skip


def _driver_homes(atlas: Atlas, line: Corridor) -> RuleAnswer:
    limit_km = standard("driver_home_spacing_km", standards_of(atlas.place_folder)).value
    names = ("driver_home_spacing_km", "driver_home_priority_trucks_per_day")
    homes = stations_along(atlas, line, Need(tiers=("driver_home",)))
    spacings = _with_ends(line, homes)
    broken = tuple(one for one in spacings if one.km > limit_km)
    return RuleAnswer("driver_homes", not broken, max(one.km for one in spacings), spacings, broken, names)


def _on_the_line(points: Sequence[RestPoint]) -> list[RestPoint]:
    return [point for point in points if point.is_on_the_line]


def _between(places: Sequence[RestPoint]) -> tuple[Spacing, ...]:
    return tuple(_spacing(*pair) for pair in pairwise(places))


def _with_ends(line: Corridor, places: Sequence[RestPoint]) -> tuple[Spacing, ...]:
    stops = [("", float(line.from_km[0])), *((one.name, one.km) for one in places), ("", float(line.to_km[-1]))]
    return tuple(Spacing(*names, *kms) for names, kms in ((((a[0], b[0])), (a[1], b[1])) for a, b in pairwise(stops)))


def _spacing(first: RestPoint, second: RestPoint) -> Spacing:
    return Spacing(first.name, second.name, first.km, second.km)
