"""Who has a fitting station within the standard: cells, villages, drivers, people, land, trucks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.cell_table import cell_table
from planning.reach import reach
from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.truck_km import truck_km
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.atlas import Atlas
    from planning.cell_table import CellTable, Flags, Numbers
    from planning.need import Need
    from planning.reach import Reach
    from planning.truck_km import TruckKm

# What shares are counted in, in the order of a page: label and unit.
COUNTED_IN: Mapping[str, tuple[str, str]] = {
    "drivers": (mark("Drivers"), mark("persons")),
    "people": (mark("People"), mark("persons")),
    "area_km2": (mark("Land"), "km²"),
    "truck_km_per_day": (mark("Truck traffic"), mark("truck-km a day")),
}


@dataclass(frozen=True)
class Share:
    """How much of something is covered.

    `covered` is known to be; up to `possible` may be, where stations leave open whether they fit. `total` is what is
    known of it, a lower bound where something is unknown; the share is one of what is known.
    """

    name: str
    covered: float
    possible: float
    total: float
    is_total_lower_bound: bool

    @property
    def label(self) -> str:
        return say(COUNTED_IN[self.name][0])

    @property
    def unit(self) -> str:
        return say(COUNTED_IN[self.name][1])

    @property
    def pct(self) -> float | None:
        return 100 * self.covered / self.total if self.total > 0 else None

    @property
    def is_lower_bound(self) -> bool:
        """A station that may fit would make it more."""
        return self.possible > self.covered

    @property
    def uncovered(self) -> float:
        return self.total - self.covered


@dataclass(frozen=True)
class Coverage:
    """What is reached within so many minutes or km."""

    within: float
    reach: Reach
    cells: CellTable
    traffic: TruckKm

    @cached_property
    def is_covered(self) -> Flags:
        """Of each cell whether a station that fits is near enough."""
        return np.asarray(self.reach.cost <= self.within)

    @cached_property
    def may_be_covered(self) -> Flags:
        return np.asarray(self.reach.least_cost <= self.within)

    @cached_property
    def is_place_covered(self) -> Flags:
        return np.asarray(self.reach.place_cost <= self.within)

    @cached_property
    def may_place_be_covered(self) -> Flags:
        return np.asarray(self.reach.place_least_cost <= self.within)

    @cached_property
    def uncovered_truck_km(self) -> Numbers:
        """Of each cell the truck-km a day on roads from which no fitting station is near enough."""
        far = self.reach.edge_cost[self.traffic.edge] > self.within
        summed = np.zeros(len(self.cells))
        np.add.at(summed, self.traffic.cell[far], self.traffic.truck_km_per_day[far])
        return summed

    @cached_property
    def shares(self) -> Mapping[str, Share]:
        """The share of each thing that is counted."""
        cells = self.cells
        found = {
            "drivers": self._share("drivers", cells.drivers, cells.is_drivers_partly_unknown | np.isnan(cells.drivers)),
            "people": self._share("people", cells.people, cells.is_people_partly_unknown | np.isnan(cells.people)),
            "area_km2": self._share("area_km2", cells.area_km2, np.zeros(len(cells), dtype=np.bool_)),
        }
        edge, weight = self.traffic.edge, self.traffic.truck_km_per_day
        covered, possible = (
            float(weight[cost[edge] <= self.within].sum())
            for cost in (self.reach.edge_cost, self.reach.edge_least_cost)
        )
        found["truck_km_per_day"] = Share(
            "truck_km_per_day", covered, possible, float(weight.sum()), self.traffic.uncounted_km > 0
        )
        return found

    def _share(self, name: str, amount: Numbers, is_unknown: Flags) -> Share:
        known = np.nan_to_num(amount)
        return Share(
            name,
            float(known[self.is_covered].sum()),
            float(known[self.may_be_covered].sum()),
            float(known.sum()),
            bool(is_unknown.any()),
        )

    def longest(self, pct: float) -> float | None:
        """So many of a hundred drivers who have a way have no farther to the nearest station; None without any."""
        has_way = np.flatnonzero(np.isfinite(self.reach.cost))
        order = has_way[np.argsort(self.reach.cost[has_way], kind="stable")]
        running = np.cumsum(np.nan_to_num(self.cells.drivers[order]))
        if not len(running) or running[-1] <= 0:
            return None
        place = int(np.searchsorted(running, running[-1] * pct / 100 * (1 - 1e-12)))
        return float(self.reach.cost[order[min(place, len(order) - 1)]])


def coverage(atlas: Atlas, need: Need | None = None, within: float | None = None) -> Coverage:
    """The coverage of a place, by default within its standard of minutes for any open station."""
    if within is None:
        within = standard("coverage_min", standards_of(atlas.place_folder)).value
    return Coverage(within, reach(atlas, need), cell_table(atlas), truck_km(atlas))


def shares_as_rows(found: Coverage) -> list[dict[str, Any]]:
    """The shares as programs read them."""
    return [
        {
            "name": share.name,
            "covered": share.covered,
            "total": share.total,
            "covered_pct": share.pct,
            "is_lower_bound": share.is_lower_bound,
            "is_total_lower_bound": share.is_total_lower_bound,
        }
        for share in found.shares.values()
    ]
