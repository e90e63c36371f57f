"""What each further 10,000 yuan of items buys: the station and item with most drivers for its money, again and again.

Greedy, so no answer under a budget is proven; what one step gains never grows by what was bought before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.need import Need
from planning.services.catchments import Catchments, catchments
from planning.services.equipping import is_reached
from planning.services.item_lists import item_list, item_word, price_yuan
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planning.atlas import Atlas
    from planning.cell_table import Numbers
    from planning.need import Station


@dataclass(frozen=True)
class Purchase:
    """One station equipped with one item. A driver counts once for each item that comes within reach."""

    station: Station
    item: str
    is_maybe_there: bool  # it is unknown whether the station has it already: ask first
    cost_yuan: float
    gained: float
    spent_yuan: float  # with all before it
    gained_so_far: float


def spending(
    atlas: Atlas,
    name: str,
    budget_yuan: float | None = None,
    need: Need | None = None,
    within: float | None = None,
) -> list[Purchase]:
    """The purchases for a list in the order of their worth, until the money or the need for them ends."""
    standards = standards_of(atlas.place_folder)
    prices = {item: price_yuan(item, standards) for item in item_list(atlas, name).items}
    priced = {item: yuan for item, yuan in prices.items() if yuan is not None}
    return list(purchases(catchments(atlas, need or Need(), within), priced, budget_yuan))


def purchases(found: Catchments, prices: Mapping[str, float], budget_yuan: float | None) -> Iterator[Purchase]:
    """What is too dear for the rest of the money is passed over."""
    left = np.inf if budget_yuan is None else budget_yuan
    lacking = {item: _lacking(found, item) for item in prices}
    gains = {item: found.reached @ drivers for item, drivers in lacking.items()}
    spent = gained = 0.0
    while affordable := [item for item in prices if prices[item] <= left - spent and gains[item].max(initial=0) > 0]:
        item = max(affordable, key=lambda one: (_worth(gains[one].max(), prices[one]), gains[one].max()))
        station = int(np.argmax(gains[item]))
        gain = float(gains[item][station])
        spent, gained = spent + prices[item], gained + gain
        is_maybe_there = found.stations[station].offers(item) is None
        yield Purchase(found.stations[station], item, is_maybe_there, prices[item], gain, spent, gained)
        reached = found.reached.indices[found.reached.indptr[station] : found.reached.indptr[station + 1]]
        lacking[item][reached] = 0.0
        gains[item] = found.reached @ lacking[item]


def purchases_as_rows(found: list[Purchase]) -> list[dict[str, Any]]:
    """One row per purchase, as programs read it."""
    return [
        {
            "station_id": one.station.station_id,
            "station": one.station.name,
            "item": one.item,
            "word": item_word(one.item),
            "is_maybe_there": one.is_maybe_there,
            "cost_yuan": one.cost_yuan,
            "gained": one.gained,
            "spent_yuan": one.spent_yuan,
            "gained_so_far": one.gained_so_far,
        }
        for one in found
    ]


def _lacking(found: Catchments, item: str) -> Numbers:
    """The drivers of each class that have no station with the item within reach."""
    has = np.array([station.offers(item) is True for station in found.stations], dtype=np.bool_)
    return np.where(is_reached(found, has), 0.0, found.drivers)


def _worth(gain: float, yuan: float) -> float:
    return gain / yuan if yuan > 0 else np.inf
