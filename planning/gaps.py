"""Gaps 覆盖盲区: uncovered cells that lie together, whose they are, and why no station is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from scipy import ndimage

from planning.cell_outline import outline_of
from planning.gap_owner import GapOwner, owners
from planning.network import NOTHING

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.cell_table import Numbers, Places
    from planning.coverage import Coverage
    from planning.need import Station

Rank: TypeAlias = Literal["drivers", "people", "truck_km_per_day", "area_km2"]
RANKS: tuple[Rank, ...] = ("drivers", "people", "truck_km_per_day", "area_km2")
# Cells that meet at a corner lie together.
_TOGETHER = np.ones((3, 3), dtype=np.int8)


@dataclass(frozen=True)
class Gap:
    """One gap. Amounts are None where nothing is known; the rank is its place in the list, from 1."""

    rank: int
    cells: Places
    area_km2: float
    drivers: float | None
    is_drivers_lower_bound: bool
    people: float | None
    is_people_lower_bound: bool
    truck_km_per_day: float
    middle: int  # the cell that stands for it: the one with most drivers
    lon: float
    lat: float
    cost: float | None  # from there to the nearest station that fits; None where no way leads to one
    longest_cost: float | None
    station: Station | None
    owner: GapOwner

    @property
    def name(self) -> str:
        return self.owner.name


def gaps(atlas: Atlas, found: Coverage, rank_by: Rank = "drivers") -> list[Gap]:
    """All gaps of a coverage, the one with most drivers (or people, trucks, land) first."""
    cells = found.cells
    uncovered = np.flatnonzero(~found.is_covered)
    if not len(uncovered):
        return []
    label = _labels(found, uncovered)
    order = np.argsort(label, kind="stable")
    groups = np.split(uncovered[order], np.flatnonzero(np.diff(label[order])) + 1)
    amounts = {
        "drivers": cells.drivers,
        "people": cells.people,
        "truck_km_per_day": found.uncovered_truck_km,
        "area_km2": cells.area_km2,
    }
    by = np.array([[np.nansum(amounts[name][group]) for name in (rank_by, *RANKS)] for group in groups])
    # Of gaps alike in what is asked for, the one with more of the others comes first.
    worst_first = np.lexsort(-by.T[::-1])
    ranked = [groups[place] for place in worst_first]
    middles = np.array([_middle(group, amounts) for group in ranked], dtype=np.int64)
    owned = owners(atlas, cells, ranked, middles)
    return [
        _gap(found, amounts, rank, group, int(middle), owner)
        for rank, (group, middle, owner) in enumerate(zip(ranked, middles, owned, strict=True), start=1)
    ]


def gap_outline(found: Coverage, gap: Gap) -> Any:  # noqa: ANN401  (a shape, WGS-84)
    """The outline of its cells, in WGS-84."""
    return outline_of(found.cells, gap.cells)


def _labels(found: Coverage, uncovered: Places) -> Places:
    """A number for each uncovered cell, the same for those that lie together."""
    row, column = found.cells.square
    squares = np.zeros(found.cells.shape, dtype=np.bool_)
    squares[row[uncovered], column[uncovered]] = True
    label, _ = ndimage.label(squares, structure=_TOGETHER)
    numbers: Places = label[row[uncovered], column[uncovered]].astype(np.int64)
    return numbers


def _middle(group: Places, amounts: dict[str, Numbers]) -> int:
    """The cell of a gap that most people mean by it."""
    for name in RANKS:
        weights = np.nan_to_num(amounts[name][group])
        if weights.max() > 0:
            return int(group[int(np.argmax(weights))])
    return int(group[0])


def _gap(found: Coverage, amounts: dict[str, Numbers], rank: int, group: Places, middle: int, owner: GapOwner) -> Gap:
    cells = found.cells
    drivers, people = (_sum(amounts[name][group]) for name in ("drivers", "people"))
    cost = found.reach.cost
    station = int(found.reach.station[middle])
    return Gap(
        rank=rank,
        cells=group,
        area_km2=float(cells.area_km2[group].sum()),
        drivers=drivers,
        is_drivers_lower_bound=bool(
            cells.is_drivers_partly_unknown[group].any() or np.isnan(cells.drivers[group]).any()
        ),
        people=people,
        is_people_lower_bound=bool(cells.is_people_partly_unknown[group].any() or np.isnan(cells.people[group]).any()),
        truck_km_per_day=float(amounts["truck_km_per_day"][group].sum()),
        middle=middle,
        lon=float(cells.lon[middle]),
        lat=float(cells.lat[middle]),
        cost=_finite(cost[middle]),
        longest_cost=_finite(cost[group].max()),
        station=None if station == NOTHING else found.reach.stations[station],
        owner=owner,
    )


def _sum(amounts: Numbers) -> float | None:
    return None if np.isnan(amounts).all() else float(np.nansum(amounts))


def _finite(cost: float) -> float | None:
    return float(cost) if np.isfinite(cost) else None
