"""The title of the page, and the figures of the grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.kpi_board import show_kpi_board
from planning.kpis import kpis
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas

_FIGURES = ("drivers_known", "party_drivers", "grids_with_post_pct", "ownerless_km2")


def show_headline(atlas: Atlas) -> None:
    st.title(say("Responsibility grids"), anchor=False)
    show_kpi_board(atlas, kpis(atlas, _FIGURES), is_wall=False)
