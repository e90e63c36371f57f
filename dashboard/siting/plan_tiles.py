"""The tiles of a plan: before and after for everything that is counted, the money, and the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import pct_text
from planning.siting.proof_in_words import proof_in_words
from planning.siting.question import MEASURED
from planning.siting.reasons import MEASURE_WORDS, amount_in_words, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import Measured


_ALWAYS: tuple[Measured, ...] = ("drivers", "people", "truck_km_per_day", "requests")


def show_plan_tiles(answer: SitingAnswer) -> None:
    with st.container(horizontal=True, key="tiles_siting"):
        for name in MEASURED:
            if name in _ALWAYS or name in answer.question.weights:
                _share_tile(answer, name)
        before, after = answer.longest_min()
        if after is not None and before is not None:
            st.metric(
                say("Longest way"), say("{count} min", count=f"{after:.0f}"),
                delta=say("{count} min", count=f"{after - before:.0f}"), delta_color="inverse", border=True,
                help=say("Of those counted who have a way to a station today."),
            )  # fmt: skip
        st.metric(
            say("Cost (10,000 yuan)"), wan_text(answer.cost_yuan),
            help=say("By action, tier and missing facilities, from the standards of the place."), border=True,
        )  # fmt: skip
    st.caption(proof_in_words(answer))


def _share_tile(answer: SitingAnswer, name: Measured) -> None:
    whole = answer.setting.totals[name]
    if whole <= 0:
        return
    before, after = answer.amount(name, before=True), answer.amount(name)
    st.metric(
        say("{what} covered", what=say(MEASURE_WORDS[name][0])),
        pct_text(100 * after / whole),
        delta=say("from {before}", before=pct_text(100 * before / whole)),
        delta_color="normal" if after > before else "off",
        help=say("{covered} of {total} {unit}", covered=amount_in_words(after), total=amount_in_words(whole),
                 unit=say(MEASURE_WORDS[name][1]) if MEASURE_WORDS[name][1] else ""),
        border=True,
    )  # fmt: skip
