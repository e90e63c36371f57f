"""What each further station or step of money would buy, as a line, with the bound that no plan exceeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from planning.siting.frontier import frontier
from planning.siting.question import YUAN_PER_WAN
from planning.siting.solver.effort import Effort
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.frontier import Point

_SECONDS = 20.0
_curves: SnapshotCache[list[Point]] = SnapshotCache(16)


def frontier_of(answer: SitingAnswer) -> list[Point]:
    """Worked out once for a question."""
    laid = answer.setting
    key = f"frontier {answer.question.sign} {standards_of(laid.atlas.place_folder).sign}"
    return _curves.get(laid.atlas.path, key, lambda: frontier(laid, Effort(_SECONDS, answer.question.seed)))


def show_frontier(answer: SitingAnswer) -> None:
    if answer.question.goal not in {"most", "bays"}:
        return
    st.subheader(say("What each further step would buy"), anchor=False)
    with st.spinner(say("Searching …")):
        points = frontier_of(answer)
    along = say("New stations") if answer.question.budget_yuan is None else say("Budget (10,000 yuan)")
    covered, bound = say("covered (%)"), say("no plan exceeds (%)")
    frame = pd.DataFrame(
        [
            {along: point.new if point.new is not None else (point.budget_yuan or 0) / YUAN_PER_WAN,
             covered: point.covered_pct, bound: point.bound_pct}
            for point in points
        ]
    )  # fmt: skip
    st.line_chart(frame, x=along, y=[bound, covered], color=["#c9a227", "#1b6e8c"], height=260)
