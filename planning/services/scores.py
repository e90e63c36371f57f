"""Each open station against the lists: what it offers, lacks, or may have; and what the rest costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planning.need import Need, fit, stations
from planning.services.item_lists import ItemList, item_lists, item_word, price_yuan
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.need import Station
    from planning.standards import Standards


@dataclass(frozen=True)
class Price:
    """What some items cost together; `unpriced` are those that money does not buy, or that nobody has priced."""

    yuan: float
    unpriced: tuple[str, ...]


@dataclass(frozen=True)
class ListScore:
    """A station beside one list. What it lacks has to be paid for; what is unknown may have to be."""

    name: str
    offered: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    price: Price  # of what is missing
    price_of_unknown: Price

    def says(self, item: str) -> bool | None:
        """Whether the station offers an item of the list; None where that is unknown."""
        return None if item in self.unknown else item in self.offered

    @property
    def is_complete(self) -> bool | None:
        """Whether it has all; None where that hangs on what is unknown."""
        if self.missing:
            return False
        return None if self.unknown else True

    @property
    def cost_yuan(self) -> float:
        """What completing it costs: a lower bound where something is unknown or has no price."""
        return self.price.yuan

    @property
    def most_yuan(self) -> float:
        """What it costs if nothing of the unknown is there."""
        return self.price.yuan + self.price_of_unknown.yuan

    @property
    def is_lower_bound(self) -> bool:
        return bool(self.unknown)


@dataclass(frozen=True)
class StationScore:
    """A station that is open, or may be for all its ledger says."""

    station: Station
    is_surely_open: bool
    lists: tuple[ListScore, ...]

    def of(self, name: str) -> ListScore:
        return next(score for score in self.lists if score.name == name)


@dataclass(frozen=True)
class Tally:
    """How many stations offer an item, lack it, or may have it."""

    item: str
    offered: int
    missing: int
    unknown: int

    @property
    def is_never_told(self) -> bool:
        """No station's ledger says anything of it."""
        return self.unknown > 0 and not self.offered and not self.missing


@dataclass(frozen=True)
class Scores:
    """All stations beside all lists."""

    lists: tuple[ItemList, ...]
    stations: tuple[StationScore, ...]

    @property
    def surely_open(self) -> Scores:
        """Without those of which the ledger leaves it open."""
        return Scores(self.lists, tuple(score for score in self.stations if score.is_surely_open))

    @cached_property
    def tallies(self) -> dict[str, tuple[Tally, ...]]:
        """By list, the stations counted for each of its items."""
        return {one.name: tuple(self._tally(one.name, item) for item in one.items) for one in self.lists}

    def complete(self, name: str) -> tuple[int, int]:
        """How many stations have all of a list, and how many may have."""
        answers = [score.of(name).is_complete for score in self.stations]
        return answers.count(True), answers.count(None)

    def cost_yuan(self, name: str) -> float:
        """What it costs to complete every station: a lower bound where something is unknown."""
        return sum((score.of(name).cost_yuan for score in self.stations), 0.0)

    def _tally(self, name: str, item: str) -> Tally:
        answers = Counter(score.of(name).says(item) for score in self.stations)
        return Tally(item, answers[True], answers[False], answers[None])


def scores(atlas: Atlas, need: Need | None = None) -> Scores:
    """The open stations that fit a need, or may, beside each list; by default all."""
    wanted, standards, lists = need or Need(), standards_of(atlas.place_folder), item_lists(atlas)
    judged = [(station, fit(station, wanted)) for station in stations(atlas)]
    return Scores(
        lists,
        tuple(
            StationScore(station, answer == "yes", tuple(_score(station, one, standards) for one in lists))
            for station, answer in judged
            if answer != "no"
        ),
    )


def scores_as_rows(found: Scores) -> list[dict[str, Any]]:
    """One row per station and list, as programs read it."""
    return [
        {
            "station_id": score.station.station_id,
            "name": score.station.name,
            "is_surely_open": score.is_surely_open,
            "list": one.name,
            "offered": list(one.offered),
            "missing": list(one.missing),
            "unknown": list(one.unknown),
            "missing_words": _words(one.missing),
            "unknown_words": _words(one.unknown),
            "is_complete": one.is_complete,
            "cost_yuan": one.cost_yuan,
            "most_yuan": one.most_yuan,
            "is_cost_lower_bound": one.is_lower_bound,
            "unpriced": [*one.price.unpriced, *one.price_of_unknown.unpriced],
        }
        for score in found.stations
        for one in score.lists
    ]


def _score(station: Station, one: ItemList, standards: Standards) -> ListScore:
    by_answer: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for item in one.items:
        by_answer[station.offers(item)].append(item)
    missing, unknown = by_answer[False], by_answer[None]
    prices = (_price(items, standards) for items in (missing, unknown))
    return ListScore(one.name, tuple(by_answer[True]), tuple(missing), tuple(unknown), *prices)


def _price(items: Sequence[str], standards: Standards) -> Price:
    prices = {item: price_yuan(item, standards) for item in items}
    unpriced = tuple(item for item, yuan in prices.items() if yuan is None)
    return Price(sum((yuan for yuan in prices.values() if yuan is not None), 0.0), unpriced)


def _words(items: Iterable[str]) -> list[str]:
    return [item_word(item) for item in items]
