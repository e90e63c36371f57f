"""What a planner asks on the page: how near, what the station must have, who drives and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import streamlit as st

from dashboard.coverage_choice import CoverageChoice
from dashboard.url_state import choose_flag, choose_many, choose_number, choose_one
from planning.code_words import code_word, codes_of
from planning.coverage import COUNTED_IN
from planning.gaps import RANKS
from planning.need import Need
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planning.atlas import Atlas
    from planning.gaps import Rank
    from planning.network import Measure
    from planning.road_graph import Profile

LEAST, MOST, STEP = 5, 90, 1
_ANY_HOUR = ""
_VEHICLES = {"truck": mark("any truck"), "hazmat_truck": mark("with dangerous goods")}
_MEASURES = {"min": mark("minutes"), "km": mark("kilometres")}
_DIRECTIONS = {"": mark("either direction"), "up": mark("upwards"), "down": mark("downwards")}


def ask_for_coverage(atlas: Atlas) -> CoverageChoice:
    """The question as the page's controls have it; they stand in one line, the rarer ones behind a button."""
    usual = round(standard("coverage_min", standards_of(atlas.place_folder)).value)
    with st.container(horizontal=True, vertical_alignment="bottom", key="coverage_question"):
        with st.popover(say("More conditions"), key="coverage_more"):
            rarer = _rarer()
        is_min = rarer.need.measure == "min"
        within = choose_number(
            "within", say("Near enough: up to"), LEAST, MOST, step=STEP, default=usual,
            shown=say("%d min") if is_min else "%d km",
        )  # fmt: skip
        facilities = choose_many(
            "needs", say("It must have"), codes_of("facility"), shown=lambda code: code_word("facility", code),
            hint=say("any station"),
        )  # fmt: skip
        with_planned = choose_flag(
            "planned", say("With planned stations"), help_text=say("As if stations being built or planned were open.")
        )
    need = replace(rarer.need, facilities=tuple(sorted(facilities)), with_planned=with_planned)
    return CoverageChoice(float(within), need, rarer.rank_by)


def _rarer() -> CoverageChoice:
    """The rarer conditions alone."""
    hours = [_ANY_HOUR, *map(str, range(24))]
    hour = choose_one(
        "hour", say("Open at"), hours, default=_ANY_HOUR,
        shown=lambda one: say("{hour}:00", hour=one) if one else say("any time"),
    )  # fmt: skip
    tiers = choose_many(
        "tiers", say("Station tiers"), codes_of("tier"), shown=lambda code: code_word("tier", code), hint=say("all")
    )
    vehicle = choose_one("vehicle", say("Truck"), list(_VEHICLES), default="truck", shown=_words(_VEHICLES))
    direction = choose_one(
        "direction", say("For trucks that drive"), list(_DIRECTIONS), default="", shown=_words(_DIRECTIONS)
    )
    measure = choose_one("count", say("Counted in"), list(_MEASURES), default="min", shown=_words(_MEASURES))
    rank_by = choose_one(
        "rank", say("Gaps ranked by"), list(RANKS), default="drivers", shown=lambda one: say(COUNTED_IN[one][0])
    )
    need = Need(
        tiers=tuple(sorted(tiers)), hour=int(hour) if hour else None, direction=direction or None,
        vehicle=cast("Profile", vehicle), measure=cast("Measure", measure),
    )  # fmt: skip
    return CoverageChoice(LEAST, need, cast("Rank", rank_by))


def _words(of: Mapping[str, str]) -> Callable[[str], str]:
    return lambda one: say(of[one])
