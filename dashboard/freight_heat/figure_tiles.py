"""The freight figures of the place; the same as on the overview, in the terminal and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planning.kpis import REGISTER, kpi
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas


def show_figure_tiles(atlas: Atlas) -> None:
    names = [name for name, definition in REGISTER.items() if definition.group == "freight"]
    with st.container(horizontal=True, key="tiles_freight"):
        for name in names:
            one = kpi(atlas, name)
            is_pct = one.unit == "%" and one.value is not None
            shown = f"{one.value_text} %" if is_pct else one.value_text
            label = one.label if one.unit == "%" else f"{one.label} ({one.unit})"
            parts = say("; ").join(f"{part.label} {part.value_text} {part.unit}" for part in one.parts[:6])
            st.metric(label, shown, help="\n\n".join(part for part in (one.sentence, parts) if part), border=True)
