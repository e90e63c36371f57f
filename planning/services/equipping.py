"""The least money by which every driver who has a station within reach has an item there too.

For each item this is a set cover: the fewest stations to equip so that each driver within reach of some open station,
and of none with the item, gets one. An item has one price at every station, so fewest is cheapest. HiGHS solves it and
proves how good the answer is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from planning.need import Need
from planning.services.catchments import Catchments, catchments
from planning.services.item_lists import item_list, item_word, price_yuan
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.cell_table import Flags
    from planning.need import Station

_SECONDS = 10.0  # for one item; beyond it the best answer so far is given with what is proven of it
_EXACT = 1e-9


@dataclass(frozen=True)
class Equipping:
    """One item, and the stations to equip with it. Nothing cheaper than `bound_yuan` reaches all its drivers."""

    item: str
    drivers: float  # within reach of an open station
    drivers_before: float  # of whom the item is within reach now
    stations: tuple[Station, ...]  # to equip
    may_have: tuple[str, ...]  # ids of those of which it is unknown whether they have it: ask first
    cost_yuan: float | None  # None where the item has no price
    bound_yuan: float | None
    is_proven: bool  # no answer is cheaper

    @property
    def drivers_gained(self) -> float:
        return self.drivers - self.drivers_before

    @property
    def drivers_per_10000_yuan(self) -> float | None:
        """None where it costs nothing, or where nobody has priced it."""
        return 10_000 * self.drivers_gained / self.cost_yuan if self.cost_yuan else None


def cheapest_equipping(
    atlas: Atlas, name: str, need: Need | None = None, within: float | None = None
) -> list[Equipping]:
    """Each item of a list that some drivers lack, the one with most drivers for its money first."""
    found = catchments(atlas, need or Need(), within)
    standards = standards_of(atlas.place_folder)
    answers = [cheapest_for_item(found, item, price_yuan(item, standards)) for item in item_list(atlas, name).items]
    return sorted((one for one in answers if one.drivers_gained > _EXACT), key=_worth, reverse=True)


def cheapest_for_item(found: Catchments, item: str, yuan: float | None, seconds: float = _SECONDS) -> Equipping:
    """The cheapest stations to equip with one item, at a price for each; by their number where it has no price."""
    offers = [station.offers(item) for station in found.stations]
    has = np.array([answer is True for answer in offers], dtype=np.bool_)
    lacking = ~is_reached(found, has)
    chosen, bound, is_proven = _least_stations(found.reached[np.flatnonzero(~has)][:, np.flatnonzero(lacking)], seconds)
    equipped = np.flatnonzero(~has)[chosen]
    return Equipping(
        item=item,
        drivers=float(found.drivers.sum()),
        drivers_before=float(found.drivers[~lacking].sum()),
        stations=tuple(found.stations[place] for place in equipped),
        may_have=tuple(found.stations[place].station_id for place in equipped if offers[place] is None),
        cost_yuan=None if yuan is None else yuan * len(equipped),
        bound_yuan=None if yuan is None else yuan * bound,
        is_proven=is_proven,
    )


def is_reached(found: Catchments, chosen: Flags) -> Flags:
    """Of each class of drivers whether one of some stations is within reach."""
    return np.asarray(chosen.astype(np.float64) @ found.reached > 0)


def equipping_as_rows(found: list[Equipping]) -> list[dict[str, Any]]:
    """One row per item, as programs read it."""
    return [
        {
            "item": one.item,
            "word": item_word(one.item),
            "drivers_before": one.drivers_before,
            "drivers_gained": one.drivers_gained,
            "stations": [{"station_id": station.station_id, "name": station.name} for station in one.stations],
            "may_have": list(one.may_have),
            "cost_yuan": one.cost_yuan,
            "bound_yuan": one.bound_yuan,
            "is_proven": one.is_proven,
            "drivers_per_10000_yuan": one.drivers_per_10000_yuan,
        }
        for one in found
    ]


def _least_stations(sets: Any, seconds: float) -> tuple[Any, int, bool]:  # noqa: ANN401
    """The fewest rows that meet every column; how few there must be; and whether that is proven."""
    rows, columns = sets.shape
    if not columns:
        return np.zeros(0, dtype=np.int64), 0, True
    answer = milp(
        np.ones(rows),
        constraints=LinearConstraint(csr_array(sets.T), lb=1),
        integrality=np.ones(rows),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if answer.x is None:  # not even begun in time: all of them meet every column
        return np.arange(rows), 1, rows == 1
    chosen = np.flatnonzero(answer.x > 0.5)
    bound = len(chosen) if answer.status == 0 else int(np.ceil(answer.mip_dual_bound - 1e-6))
    return chosen, bound, bound == len(chosen)


def _worth(one: Equipping) -> tuple[bool, float, float]:
    """What costs nothing comes first, then by drivers for the money; what nobody has priced comes last."""
    worth = one.drivers_per_10000_yuan
    return one.cost_yuan == 0, worth if worth is not None else 0.0, one.drivers_gained
