"""What is asked on the page: which days, which trucks, which corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from dashboard.freight_choice import FreightChoice
from dashboard.url_state import choose_one, choose_segment
from planning.corridors.corridor import corridors
from planning.freight_heat import CARGOES, DAY_KINDS
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor
    from planning.freight_heat import Cargo, DayKind


def ask_for_freight() -> FreightChoice:
    with st.container(horizontal=True, vertical_alignment="bottom", key="freight_question"):
        day = choose_segment(
            "day", say("Days"), list(DAY_KINDS), default="all", shown=lambda one: say(DAY_KINDS[cast("DayKind", one)])
        )
        cargo = choose_segment(
            "cargo", say("Trucks"), list(CARGOES), default="all", shown=lambda one: say(CARGOES[cast("Cargo", one)])
        )
    return FreightChoice(cast("DayKind", day), cast("Cargo", cargo))


def ask_for_corridor(atlas: Atlas) -> Corridor | None:
    """The corridor whose strip is shown, the longest one first; None where the place has none."""
    lines = {one.name: one for one in corridors(atlas)}
    if not lines:
        return None
    name = choose_one(
        "corridor", say("Corridor"), list(lines), default=next(iter(lines)),
        shown=lambda one: say("{corridor}, {km} km", corridor=lines[one].label, km=f"{lines[one].length_km:,.0f}"),
    )  # fmt: skip
    return lines[name]
