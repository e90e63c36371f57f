"""What the wishes set by hand give up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planning.siting.solver.effort import Effort
from planning.siting.wishes import wish_costs
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer

_SECONDS = 10.0


def show_wish_costs(answer: SitingAnswer) -> None:
    for one in wish_costs(answer, Effort(_SECONDS, answer.question.seed)):
        if one.given_up_pct >= 0.005:
            st.caption(say("“{wish}” gives up {pct} % of coverage.", wish=one.label, pct=f"{one.given_up_pct:.2f}"))
        else:
            st.caption(say("“{wish}” gives up nothing.", wish=one.label))
