"""The worst gaps as a table; choosing one flies the map to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.coverage.amounts import amount_text
from dashboard.url_state import tell_and_show, told
from planning.gap_reason import cost_text
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.coverage import Coverage
    from planning.gaps import Gap

SHOWN = 10
_SEEN = "coverage gap row"


def chosen_gap(listed: Sequence[Gap]) -> Gap | None:
    """The gap that the address names by its rank, or by a click on its outline."""
    rank = told("gap")
    return next((gap for gap in listed if str(gap.rank) == rank), None)


def show_gap_table(found: Coverage, listed: Sequence[Gap]) -> None:
    """Ten rows; what is marked in the table is the gap that the panel and the map show."""
    st.subheader(say("Worst gaps"), anchor=False)
    answer = st.dataframe(
        _frame(found, listed[:SHOWN]),
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        key=f"coverage_gaps {hash(tuple(gap.rank for gap in listed))} {found.within} {hash(found.reach.need)}",
    )
    rows = answer.selection.rows
    marked = str(listed[rows[0]].rank) if rows else ""
    if marked and marked != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = marked
        tell_and_show(gap=marked, at="", thing="")
    if not marked:
        st.session_state[_SEEN] = ""


def _frame(found: Coverage, shown: Sequence[Gap]) -> pd.DataFrame:
    measure = found.reach.need.measure
    rows = [
        {
            say("Rank"): str(gap.rank),
            say("Name"): gap.name,
            say("Drivers"): amount_text(gap.drivers, is_lower_bound=gap.is_drivers_lower_bound),
            say("People"): amount_text(gap.people, is_lower_bound=gap.is_people_lower_bound),
            say("Land") + " (km²)": f"{gap.area_km2:,.1f}",
            say("Truck traffic") + f" ({say('truck-km a day')})": f"{gap.truck_km_per_day:,.0f}",
            say("Nearest station"): gap.station.name if gap.station else say("none"),
            say("away"): say("no way") if gap.cost is None else cost_text(gap.cost, measure),
            say("Who answers for it"): _post(gap),
        }
        for gap in shown
    ]
    return pd.DataFrame(rows, dtype="str")


def _post(gap: Gap) -> str:
    grid = gap.owner.smallest
    if grid is None:
        return say("no grid, so nobody")
    return grid.post or say("nobody named")
