"""What coverage is asked for on a page, and how addresses say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, cast, get_args

from dashboard.address_lists import listed, parted
from planning.code_words import codes_of
from planning.coverage import coverage
from planning.gaps import RANKS, Rank
from planning.need import Need
from planning.network import Measure
from planning.road_graph import Profile
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.atlas import Atlas
    from planning.coverage import Coverage

LEAST, MOST = 3.0, 240.0  # below three the classes of a legend would have no room
_YES = "1"


@dataclass(frozen=True)
class CoverageChoice:
    """A need, how near is near enough, and what gaps are ranked by."""

    within: float
    need: Need = field(default_factory=Need)
    rank_by: Rank = "drivers"

    def of(self, atlas: Atlas) -> Coverage:
        return coverage(atlas, self.need, self.within)

    def parameters(self, atlas: Atlas) -> dict[str, str]:
        """As the addresses of tiles and files say it; the sign of the place's standards makes others of them."""
        need = self.need
        return {
            "within": f"{self.within:g}",
            "needs": listed(need.facilities),
            "tiers": listed(need.tiers),
            "hour": "" if need.hour is None else str(need.hour),
            "direction": need.direction or "",
            "vehicle": need.vehicle if need.vehicle != "truck" else "",
            "count": need.measure if need.measure != "min" else "",
            "planned": _YES if need.with_planned else "",
            "standards": standards_of(atlas.place_folder).sign,
        }

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self | None:
        """What an address says; None where it says what cannot be."""
        needs, tiers = parted(told.get("needs", "")), parted(told.get("tiers", ""))
        vehicle, measure = told.get("vehicle") or "truck", told.get("count") or "min"
        direction, rank_by = told.get("direction") or None, told.get("rank") or "drivers"
        hour, within = _whole(told.get("hour", "")), _number(told.get("within", ""))
        is_sound = (
            set(needs) <= set(codes_of("facility"))
            and set(tiers) <= set(codes_of("tier"))
            and vehicle in get_args(Profile)
            and measure in get_args(Measure)
            and direction in {None, "up", "down"}
            and rank_by in RANKS
            and (hour is None or 0 <= hour < 24)
            and within is not None
            and LEAST <= within <= MOST
        )
        if not is_sound or within is None:
            return None
        need = Need(
            tuple(sorted(needs)), tuple(sorted(tiers)), hour, direction, cast("Profile", vehicle),
            cast("Measure", measure), told.get("planned") == _YES,
        )  # fmt: skip
        return cls(within, need, cast("Rank", rank_by))


def usual_coverage(atlas: Atlas) -> CoverageChoice:
    """What is asked where nobody asks otherwise: any open station within the standard."""
    return CoverageChoice(standard("coverage_min", standards_of(atlas.place_folder)).value)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
