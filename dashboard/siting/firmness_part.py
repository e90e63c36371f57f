"""How often each site is chosen when things are a little other than thought; worked out when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.url_state import tell_and_show
from planning.siting.sensitivity import Firmness, firmness
from planning.siting.solver.effort import Effort, Progress
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer

TRIALS, _SECONDS = 100, 60.0
_KEPT = "siting_firmness"


def kept_firmness(answer: SitingAnswer) -> Firmness | None:
    found: Firmness | None = st.session_state.get(_KEPT, {}).get(_key(answer))
    return found


def offer_firmness(answer: SitingAnswer, firm: Firmness | None) -> None:
    if firm is not None:
        st.caption(firmness_in_words(firm))
        return
    if st.button(say("Try how firm the plan is"), key="siting_try", help=say("Up to a minute.")):
        bar = st.progress(0.0, text=say("Trying …"))
        effort = Effort(_SECONDS, answer.question.seed)

        def told(progress: Progress) -> None:
            bar.progress(min(progress.best / progress.bound, 1.0), text=say("Trying …"))

        effort.told = told
        st.session_state[_KEPT] = {_key(answer): firmness(answer, TRIALS, effort)}
        tell_and_show()


def firmness_in_words(firm: Firmness) -> str:
    return say(
        "Of {trials} trials with demand varied by ±{demand} %, costs by ±{cost} % and speeds by ±{speed} %: a site "
        "chosen in {firm} % or more is firm.",
        trials=firm.trials,
        demand=f"{100 * firm.ranges['demand']:g}",
        cost=f"{100 * firm.ranges['cost']:g}",
        speed=f"{100 * firm.ranges['speed']:g}",
        firm=f"{100 * firm.firm_share:g}",
    )


def _key(answer: SitingAnswer) -> str:
    ids = "|".join(site.candidate.candidate_id for site in answer.sites)
    return f"{answer.setting.atlas.build_id} {answer.question.sign} {ids}"
