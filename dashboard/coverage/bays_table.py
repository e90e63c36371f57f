"""Whether there are bays enough: how many each township has for 100 of its trucks, by who else wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.amounts import amount_text
from dashboard.html_table import html_table
from dashboard.url_state import choose_flag
from planning.accessibility import accessibility, accessibility_by_grid
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from planning.accessibility import GridAccessibility
    from planning.atlas import Atlas

_TOWNSHIP = 3


def show_bays_asked(atlas: Atlas, choice: CoverageChoice) -> None:
    """Counted only where somebody asks: it takes longer than all else on the page."""
    if not choose_flag("bays", say("Are there bays enough?")):
        return
    found = accessibility(atlas, choice.need, choice.within)
    fewest = standard("k_anonymity", standards_of(atlas.place_folder)).value
    rows = [
        one
        for one in accessibility_by_grid(atlas, found)
        if one.level == _TOWNSHIP and one.trucks >= fewest and one.bays_per_100_trucks is not None
    ]
    rows.sort(key=lambda one: (one.bays_per_100_trucks or 0.0, one.grid_id))
    st.caption(
        say(
            "Bays for trucks within reach, shared among all trucks that reach them; a driver stands for one truck "
            "unless the place says otherwise. In the whole place {count} for 100 trucks.",
            count=amount_text(found.whole, is_lower_bound=bool(found.is_lower_bound.any())),
        )
    )
    headings = [say("Township"), say("Drivers"), say("bays for 100 trucks")]
    st.html(html_table(headings, map(_row, rows), numbers=[1, 2]))


def _row(one: GridAccessibility) -> tuple[str, str, str]:
    bays = amount_text(one.bays_per_100_trucks, is_lower_bound=one.is_lower_bound)
    return one.name, amount_text(one.trucks), bays
