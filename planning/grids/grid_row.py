"""One grid as it is told to people and programs: who answers, what lies in it and below it, how good its ledger is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planning.value_text import value_text
from wording import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planning.spot_facts import GridPost


@dataclass(frozen=True)
class Count:
    """How many: unknown is None, and so is what is hidden, unless a lower bound of it may be told."""

    value: int | None
    is_lower_bound: bool = False
    is_hidden: bool = False
    below: int | None = None  # hidden as a small group: fewer than this, and not none

    @property
    def text(self) -> str:
        if self.value is not None:
            return f"≥ {self.value:,}" if self.is_lower_bound else f"{self.value:,}"
        if not self.is_hidden:
            return say("unknown")
        return say("hidden") if self.below is None else f"< {self.below}"


@dataclass(frozen=True)
class CoveredShare:
    """How much of the drivers has a fitting station in reach; a station that may fit would make it more."""

    pct: float | None
    is_lower_bound: bool = False

    @property
    def text(self) -> str:
        return value_text(self.pct, "%", decimals=1, is_lower_bound=self.is_lower_bound)


@dataclass(frozen=True)
class LedgerHealth:
    """How full and how old the rows of a grid are, with those of all grids below it and of their drivers."""

    filled: int = 0
    fields: int = 0
    written: int = 0
    dated: int = 0
    stale: int = 0
    conflicts: int = 0
    surveyed_on: dt.date | None = None  # the newest day of them all
    as_of: dt.date | None = None
    has_few_drivers: bool = False  # so few that their rows are left out

    @property
    def complete_pct(self) -> float | None:
        return round(100 * self.filled / self.fields, 1) if self.fields else None

    @property
    def stale_pct(self) -> float | None:
        """Of the rows that bear a date."""
        return round(100 * self.stale / self.dated, 1) if self.dated else None

    @property
    def age_days(self) -> int | None:
        """From the newest survey to the day of the build."""
        return (self.as_of - self.surveyed_on).days if self.as_of and self.surveyed_on else None

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "complete_pct": self.complete_pct,
            "surveyed_on": self.surveyed_on.isoformat() if self.surveyed_on else None,
            "age_days": self.age_days,
            "stale_pct": self.stale_pct,
            "conflicts": self.conflicts,
        }


@dataclass(frozen=True)
class GridRow:
    """Counts are of the grid with all below it; `own_…` is what its own row says."""

    grid_id: str
    name: str
    level: int | None
    parent_id: str | None
    depth: int  # grids above it
    grids_below: int
    answers: tuple[GridPost, ...]  # from the widest grid above down to this one
    drivers: Count
    party_drivers: Count
    own_drivers: Count
    own_party_drivers: Count
    stations: Mapping[str, int] | None  # by status; None where no ledger of stations was read
    requests_open: Count
    covered_drivers: CoveredShare
    area_km2: float
    health: LedgerHealth
    file: str
    row_number: int
    geom: bytes

    @property
    def post(self) -> str | None:
        return self.answers[-1].post

    @property
    def unit(self) -> str | None:
        return self.answers[-1].unit

    @property
    def stations_open(self) -> int | None:
        return None if self.stations is None else self.stations.get("open", 0)

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "grid_id": self.grid_id,
            "name": self.name,
            "level": self.level,
            "parent": self.parent_id,
            "post": self.post,
            "unit": self.unit,
            **_told("drivers", self.drivers),
            **_told("party_drivers", self.party_drivers),
            "own_drivers": self.own_drivers.value,
            "own_party_drivers": self.own_party_drivers.value,
            "stations_open": self.stations_open,
            "stations": dict(self.stations) if self.stations is not None else None,
            **_told("requests_open", self.requests_open),
            "covered_drivers_pct": self.covered_drivers.pct,
            "is_covered_drivers_pct_lower_bound": self.covered_drivers.is_lower_bound,
            "area_km2": round(self.area_km2, 4),
            "ledger": self.health.to_json_dict(),
            "answers": [
                {"level": one.level, "grid_id": one.grid_id, "name": one.name, "post": one.post, "unit": one.unit}
                for one in self.answers
            ],
        }


def _told(name: str, count: Count) -> dict[str, Any]:
    return {
        name: count.value,
        f"is_{name}_lower_bound": count.is_lower_bound,
        f"is_{name}_hidden": count.is_hidden,
    }
