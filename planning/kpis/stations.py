"""驿站: open stations, their bays and facilities, the resources along the roads, the roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planning.code_words import code_word
from planning.kpis.definition import Definition, counted_by
from planning.kpis.figure import figure_from
from planning.services.item_lists import FIVE
from planning.services.scores import scores
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.kpis.figure import Figure

_OPEN = {"status": ("open",)}
_OUTCOMES = {
    "complete": mark("all of them"),
    "incomplete": mark("one or more missing"),
    "unknown": mark("unknown"),
}


def _complete_pct(atlas: Atlas) -> Figure:
    found = scores(atlas).surely_open
    stations = len(found.stations)
    complete, unknown = found.complete(FIVE)
    pct = 100 * complete / stations if stations else None
    outcomes = zip(_OUTCOMES, (complete, stations - complete - unknown, unknown), strict=True)
    return figure_from(
        [
            _row(None, pct, is_lower_bound=unknown > 0),
            *(_row(outcome, count) for outcome, count in outcomes),
            *(_row(one.item, one.offered, is_lower_bound=one.unknown > 0) for one in found.tallies[FIVE]),
        ]
    )


def _row(part: str | None, value: float | None, *, is_lower_bound: bool = False) -> dict[str, Any]:
    return {"is_whole": part is None, "part": part, "value": value, "is_lower_bound": is_lower_bound}


STATIONS = (
    Definition(
        name="stations_open",
        group="stations",
        label=mark("Open stations"),
        unit=mark("stations"),
        sentence=mark("Stations of all tiers that the ledger calls open."),
        count=counted_by("kpi_stations_open"),
        noun="stations",
        filters=_OPEN,
        part_word=lambda code: code_word("tier", code),
        part_unit=mark("stations"),
        needs=("stations",),
        adds=("stations",),
    ),
    Definition(
        name="bays_open",
        group="stations",
        label=mark("Truck bays"),
        unit=mark("bays"),
        sentence=mark("Bays for trucks at open stations; a station without a count may have more."),
        count=counted_by("kpi_bays_open"),
        noun="stations",
        filters=_OPEN,
        part_word=lambda code: code_word("tier", code),
        part_unit=mark("bays"),
        needs=("stations",),
        adds=("stations",),
    ),
    Definition(
        name="facilities_complete_pct",
        group="stations",
        label=mark("Stations with all five free services"),
        unit="%",
        sentence=mark("Share of open stations that offer every one of the five free basic services."),
        count=_complete_pct,
        noun="stations",
        filters=_OPEN,
        part_word=lambda code: say(_OUTCOMES[code]) if code in _OUTCOMES else code_word("facility", code),
        part_unit=mark("stations"),
        decimals=1,
        needs=("stations",),
        standards=(FIVE,),
    ),
    Definition(
        name="resources",
        group="stations",
        label=mark("Resources along the roads"),
        unit=mark("places"),
        sentence=mark("Existing places that could host a station."),
        count=counted_by("kpi_resources"),
        noun="resources",
        part_word=lambda code: code_word("resource_kind", code),
        part_unit=mark("places"),
        needs=("resources",),
        adds=("resources",),
    ),
    Definition(
        name="routes_km",
        group="stations",
        label=mark("Length of freight routes"),
        unit=mark("km"),
        sentence=mark("Length of all road sections that trucks use; the two sides of a divided road count each."),
        count=counted_by("kpi_routes_km"),
        noun="routes",
        part_word=lambda code: code_word("route_class", code),
        part_unit=mark("km"),
        needs=("routes",),
        adds=("routes",),
    ),
)
