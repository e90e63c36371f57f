"""What actions and facilities cost, in units of 10,000 yuan, to be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.price_editor import show_price_editor
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.siting.question import SitingQuestion

_TEN_THOUSAND = 10_000


def show_costs(atlas: Atlas, question: SitingQuestion) -> None:
    """The standards that the money of this question comes from."""
    standards = standards_of(atlas.place_folder)
    named = (
        f"cost_build_{question.tier}_yuan",
        f"cost_convert_{question.tier}_yuan",
        "cost_upgrade_yuan",
        *(("cost_extend_yuan",) if question.goal == "bays" else ()),
        "cost_equip_yuan",
        *(f"price_{facility}_yuan" for facility in question.facilities),
    )
    names = {name: str(standard(name, standards).label) for name in named if name in standards.numbers}
    with st.expander(say("What actions and facilities cost")):
        show_price_editor(atlas, names, key="siting_costs", unit=say("10,000 yuan"), yuan_per_unit=_TEN_THOUSAND)
