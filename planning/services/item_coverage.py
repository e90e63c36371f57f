"""Of whom each item of a list is within reach: the shares of coverage, item by item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planning.coverage import coverage
from planning.need import Need
from planning.services.item_lists import item_list, item_word

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.coverage import Coverage, Share


@dataclass(frozen=True)
class ItemCoverage:
    """Who has a station with one item within the standard."""

    item: str
    coverage: Coverage

    @property
    def drivers(self) -> Share:
        return self.coverage.shares["drivers"]


def item_coverage(atlas: Atlas, name: str, need: Need | None = None, within: float | None = None) -> list[ItemCoverage]:
    """The coverage of each item of a list, for whoever a need describes; what else the need asks stays asked."""
    wanted = need or Need()
    return [
        ItemCoverage(
            item, coverage(atlas, replace(wanted, facilities=tuple(dict.fromkeys((*wanted.facilities, item)))), within)
        )
        for item in item_list(atlas, name).items
    ]


def item_coverage_as_rows(found: list[ItemCoverage]) -> list[dict[str, Any]]:
    """One row per item, as programs read it."""
    return [
        {
            "item": one.item,
            "word": item_word(one.item),
            "covered_drivers": one.drivers.covered,
            "possibly_covered_drivers": one.drivers.possible,
            "drivers": one.drivers.total,
            "covered_drivers_pct": one.drivers.pct,
            "is_lower_bound": one.drivers.is_lower_bound,
        }
        for one in found
    ]
