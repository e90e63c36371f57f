"""What there is to say of a corridor, once for pages, programs and notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planning.corridors.corridor import corridor, corridors
from planning.corridors.rest_points import stations_along
from planning.corridors.serving import between, joining, longest, served_stretches, truck_km_on
from planning.corridors.spacing import spacing_audit
from planning.driving import four_hours, hazmat_night, spell_share
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor
    from planning.corridors.rest_points import RestPoint
    from planning.corridors.serving import Joining, Stretch
    from planning.corridors.spacing import RuleAnswer
    from planning.driving import FourHours, HazmatNight, SpellShare


@dataclass(frozen=True)
class CorridorReport:
    """One corridor: its stations, its gaps, its chain, its spacing, its hours."""

    line: Corridor
    within_min: float
    stations: tuple[RestPoint, ...]
    served: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    one_more: Joining | None
    rules: tuple[RuleAnswer, ...]
    four_hours: FourHours
    spells: SpellShare | None
    night: HazmatNight | None  # expressways alone are closed at night

    @property
    def chain(self) -> Stretch | None:
        """串珠成线: the longest stretch that is served without a gap."""
        return longest(self.served)

    @property
    def longest_gap(self) -> Stretch | None:
        return longest(self.gaps)

    @property
    def served_pct(self) -> float:
        return 100 * sum(one.length_km for one in self.served) / self.line.length_km

    @property
    def uncovered_truck_km_per_day(self) -> float | None:
        """None where no flow is known at all."""
        return None if self.line.most_trucks_per_day is None else truck_km_on(self.line, self.gaps)

    @property
    def is_lower_bound(self) -> bool:
        """Some of the traffic has no count, or is known by tracks alone."""
        return self.line.is_flow_partly_unknown


_reports: SnapshotCache[CorridorReport] = SnapshotCache(limit=400)


def corridor_report(atlas: Atlas, ref: str, direction: str) -> CorridorReport:
    """Of one corridor, by its road number and direction."""
    sign = standards_of(atlas.place_folder).sign
    return _reports.get(atlas.path, f"{ref} {direction} {sign}", lambda: _made(atlas, corridor(atlas, ref, direction)))


def corridor_reports(atlas: Atlas) -> tuple[CorridorReport, ...]:
    """Of all corridors, in their order."""
    return tuple(corridor_report(atlas, one.ref, one.direction) for one in corridors(atlas))


def gaps_of(atlas: Atlas, line: Corridor) -> tuple[Stretch, ...]:
    """The gaps alone, as the report has them."""
    within = standard("coverage_min", standards_of(atlas.place_folder)).value
    return between(line, served_stretches(line, stations_along(atlas, line), within))


def as_json(found: CorridorReport) -> dict[str, Any]:
    """A corridor as programs read it; null is unknown."""
    gap, chain, more = found.longest_gap, found.chain, found.one_more
    return {
        "ref": found.line.ref,
        "direction": found.line.direction,
        "is_by_stake": found.line.is_by_stake,
        "length_km": _rounded(found.line.length_km),
        "most_trucks_per_day": _rounded(found.line.most_trucks_per_day),
        "within_min": found.within_min,
        "stations": [
            {"id": one.thing_id, "name": one.name, "km": _rounded(one.km), "detour_min": _rounded(one.detour_min)}
            for one in found.stations
        ],
        "served_pct": _rounded(found.served_pct),
        "longest_gap_km": _rounded(gap.length_km if gap else 0.0),
        "longest_gap": _ends(gap),
        "chain_km": _rounded(chain.length_km if chain else 0.0),
        "chain": _ends(chain),
        "one_more_joins_km": _rounded(more.joined_km if more else None),
        "one_more_gap": _ends(more.gap if more else None),
        "spacing": [
            {"rule": one.rule, "is_kept": one.is_kept, "value_km": _rounded(one.value_km), "broken": len(one.broken)}
            for one in found.rules
        ],
        "over_4h_spells_pct": _rounded(found.spells.pct if found.spells else None),
        "spells": found.spells.spells if found.spells else None,
        "longest_drive_min": _rounded(found.four_hours.longest_min),
        "is_station_before_4h": found.four_hours.is_always_in_time,
        "over_4h_truck_km_per_day": _rounded(found.four_hours.over_truck_km_per_day),
        "uncovered_truck_km_per_day": _rounded(found.uncovered_truck_km_per_day),
        "is_lower_bound": found.is_lower_bound,
        "hazmat_shelters": None if found.night is None else [one.name for one in found.night.shelters],
    }


def _made(atlas: Atlas, line: Corridor) -> CorridorReport:
    within = standard("coverage_min", standards_of(atlas.place_folder)).value
    stops = stations_along(atlas, line)
    served = served_stretches(line, stops, within)
    gaps = between(line, served)
    night = hazmat_night(atlas, corridor(atlas, line.ref, line.direction, "hazmat_truck"))
    return CorridorReport(
        line=line,
        within_min=within,
        stations=stops,
        served=served,
        gaps=gaps,
        one_more=joining(served, gaps, within),
        rules=spacing_audit(atlas, line),
        four_hours=four_hours(atlas, line),
        spells=spell_share(atlas, line),
        night=night if line.is_expressway else None,
    )


def _ends(stretch: Stretch | None) -> dict[str, float] | None:
    if stretch is None:
        return None
    return {"from_km": round(stretch.from_km, 3), "to_km": round(stretch.to_km, 3)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)
