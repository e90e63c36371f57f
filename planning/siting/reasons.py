"""Why each site is in the plan, in one plain sentence: who gains, where, and why here and in this way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.gaps import gaps
from planning.siting.bays import bays_planned
from planning.siting.next_best import next_best
from planning.siting.question import YUAN_PER_WAN
from planning.siting.spacing_demand import spacing_km
from planning.siting.townships import township_of_most
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.cell_table import Places
    from planning.gaps import Gap
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import Measured
    from planning.siting.setting import Setting
    from planning.siting.site_order import Site

MEASURE_WORDS: Mapping[Measured, tuple[str, str]] = {
    "drivers": (mark("Drivers"), mark("persons")),
    "people": (mark("People"), mark("persons")),
    "truck_km_per_day": (mark("Truck traffic"), mark("truck-km a day")),
    "requests": (mark("open requests"), ""),
    "breakpoints": (mark("four-hour points"), mark("a day")),
    "roadside_stops": (mark("stops at the roadside"), mark("a day")),
    "corridor_km": (mark("Corridors"), mark("km")),
}
_AS_GOOD = 0.01  # of the gain
_GAINS: Mapping[Measured, str] = {
    "drivers": mark("{action} {name} ({wan} × 10,000 yuan): {count} more drivers reach a station within {minutes} min"),
    "people": mark("{action} {name} ({wan} × 10,000 yuan): {count} more people have a station within {minutes} min"),
    "truck_km_per_day": mark(
        "{action} {name} ({wan} × 10,000 yuan): {count} more truck-km a day have a station within {minutes} min"
    ),
    "requests": mark("{action} {name} ({wan} × 10,000 yuan): {count} open requests get a station within {minutes} min"),
    "breakpoints": mark(
        "{action} {name} ({wan} × 10,000 yuan): {count} times a day drivers at the end of four hours get a station "
        "within {minutes} min"
    ),
    "roadside_stops": mark(
        "{action} {name} ({wan} × 10,000 yuan): {count} of the stops at the roadside each day get a station within "
        "{minutes} min"
    ),
    "corridor_km": mark(
        "{action} {name} ({wan} × 10,000 yuan): {count} more km of corridor have a station ahead within {spacing} km"
    ),
}

_BAYS = mark(
    "{action} {name} ({wan} × 10,000 yuan): {bays} bays, and {count} more drivers find one within {minutes} min"
)


@dataclass(frozen=True)
class Reason:
    """Where most of the gain is, the gap that ends, and the next best place for this site with what it would lose."""

    where: str | None
    gap_ended: str | None
    next_best: str | None
    less: float
    sentence: str


def reasons(answer: SitingAnswer) -> dict[int, Reason]:
    """Of each site, by its number among the candidates."""
    laid = answer.setting
    listed = gaps(laid.atlas, laid.before) if answer.sites else []
    return {site.number: _reason(answer, site, listed) for site in answer.sites}


def wan_text(yuan: float) -> str:
    """Money as budgets write it, in units of 10,000 yuan."""
    return f"{yuan / YUAN_PER_WAN:,.1f}".removesuffix(".0")


def main_measure(laid: Setting) -> Measured:
    mix = laid.question.weights
    return max(mix, key=lambda name: mix[name])


def amount_in_words(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:,.1f}"


def gain_label(laid: Setting) -> str:
    """What a site adds, as the heading of a column."""
    if laid.question.goal == "bays":
        return say("more drivers with a bay")
    return say("{what}: more covered", what=say(MEASURE_WORDS[main_measure(laid)][0]))


def gain_text(laid: Setting, site: Site) -> str:
    """Of the measure that counts most; of drivers with a bay where those are asked for."""
    return amount_in_words(site.gain if laid.question.goal == "bays" else site.gains[main_measure(laid)])


def _reason(answer: SitingAnswer, site: Site, listed: list[Gap]) -> Reason:
    laid = answer.setting
    gained = _gained_cells(laid, site)
    where, ended = township_of_most(laid, gained), _gap_ended(answer, gained, listed)
    stead, less = next_best(answer, site)
    standards = standards_of(laid.atlas.place_folder)
    parts = [say(
        _BAYS if laid.question.goal == "bays" else _GAINS[main_measure(laid)],
        action=site.candidate.action_word,
        name=site.candidate.name,
        wan=wan_text(site.candidate.cost_yuan),
        count=gain_text(laid, site),
        minutes=f"{laid.question.within_min:g}",
        bays=f"{bays_planned(site.candidate, standards):g}",
        spacing=f"{spacing_km(laid.question, standards) or 0:g}",
    )]  # fmt: skip
    if where is not None:
        parts.append(say("most of them in {where}", where=where))
    if ended is not None:
        parts.append(say("the gap “{gap}” ends", gap=ended.name))
    parts.append(_why_here(laid, site, stead, less))
    sentence = say("{sentence}.", sentence=say("; ").join(parts))
    return Reason(where, ended.name if ended else None, stead, less, sentence)


def _why_here(laid: Setting, site: Site, stead: str | None, less: float) -> str:
    if site.gain <= 0:
        return say("it is in the plan because it was asked for")
    if stead is None:
        return say("no other place fits in its stead")
    if less < _AS_GOOD * max(site.gain, 1e-9):
        return say("{name} would do as well", name=stead)
    if laid.question.goal == "bays":
        return say("at the next best place, {name}, {less} fewer would find a bay", name=stead, less=_less(laid, less))
    return say("the next best place, {name}, would cover {less} less", name=stead, less=_less(laid, less))


def _less(laid: Setting, less: float) -> str:
    """In the unit of the question: of a mix, hundredths of the whole."""
    return amount_in_words(less) if len(laid.question.weights) == 1 else f"{less:.2f} %"


def _gained_cells(laid: Setting, site: Site) -> Places:
    covers = laid.covers()
    own: Places = covers.indices[covers.indptr[site.number] : covers.indptr[site.number + 1]]
    return own[own < len(laid.before.cells)].astype(np.int64)


def _gap_ended(answer: SitingAnswer, gained: Places, listed: list[Gap]) -> Gap | None:
    """The worst gap that the site has a part in and of which the plan leaves nobody."""
    weight = answer.setting.weight
    for gap in listed:
        left = gap.cells[~answer.is_reached[gap.cells]]
        if weight[np.intersect1d(gap.cells, gained)].sum() > 0 and weight[left].sum() <= 0:
            return gap
    return None
