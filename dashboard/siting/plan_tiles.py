"""The tiles of a plan: before and after for everything that is counted, the money, and the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import pct_text
from planning.siting.proof_in_words import proof_in_words
from planning.siting.reasons import MEASURE_WORDS, amount_in_words, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import Measured


_ALWAYS: tuple[Measured, ...] = ("drivers", "people", "truck_km_per_day", "requests")


def show_plan_tiles(answer: SitingAnswer) -> None:
    with st.container(horizontal=True, key="tiles_siting"):
        if answer.question.goal == "bays":
            _bay_tile(answer)
        for name in answer.setting.totals:
            if name in _ALWAYS or name in answer.question.weights:
                _share_tile(answer, name)
        before, after = answer.longest_min()
        if after is not None and before is not None:
            st.metric(
                say("Longest way (min)"), f"{after:.0f}", delta=_minutes_less(after - before), delta_color="inverse",
                border=True, help=say("Of those counted who have a way to a station today."),
            )  # fmt: skip
        st.metric(
            say("Cost (10,000 yuan)"), wan_text(answer.cost_yuan),
            help=say("By action, tier and missing facilities, from the standards of the place."), border=True,

        )  # fmt: skip
    st.caption(proof_in_words(answer))


def _minutes_less(apart: float) -> str | None:
    """No arrow where nothing changes."""
    return f"{apart:+.0f}" if round(apart) else None


def _bay_tile(answer: SitingAnswer) -> None:
    """Of the goal itself: a driver near enough may still find no bay."""
    _tile(
        say("Drivers with a bay"), answer.setting.whole, answer.setting.covered_before, answer.covered, say("persons")
    )


def _share_tile(answer: SitingAnswer, name: Measured) -> None:
    label, unit = MEASURE_WORDS[name]
    _tile(
        say("{what} covered", what=say(label)), answer.setting.totals[name], answer.amount(name, before=True),
        answer.amount(name), say(unit) if unit else "",
    )  # fmt: skip


def _tile(label: str, whole: float, before: float, after: float, unit: str) -> None:
    """What is known of nobody has no tile."""
    if whole <= 0:
        return
    is_more = after > before
    st.metric(
        label,
        pct_text(100 * after / whole),
        delta=say("from {before}", before=pct_text(100 * before / whole)),
        delta_color="normal" if is_more else "off",
        delta_arrow="up" if is_more else "off",
        help=say(
            "{covered} of {total} {unit}", covered=amount_in_words(after), total=amount_in_words(whole), unit=unit
        ),
        border=True,
    )
