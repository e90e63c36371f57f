"""Which list the stations are held against, and how near is near enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.url_state import choose_number, choose_segment
from planning.services.item_lists import item_lists
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.services.item_lists import ItemList

LEAST, MOST, STEP = 5, 90, 1


def ask_for_list(atlas: Atlas) -> tuple[ItemList, float]:
    """The list and the minutes."""
    lists = {one.name: one for one in item_lists(atlas)}
    usual = round(standard("coverage_min", standards_of(atlas.place_folder)).value)
    with st.container(horizontal=True, vertical_alignment="bottom", key="services_question"):
        name = choose_segment(
            "list", say("List"), list(lists), shown=lambda one: lists[one].label, default=next(iter(lists))
        )
        within = choose_number(
            "within", say("Near enough: up to"), LEAST, MOST, step=STEP, default=usual, shown=say("%d min")
        )
    st.caption(lists[name].sentence)
    return lists[name], float(within)
