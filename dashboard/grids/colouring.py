"""What the map of the grids is coloured by, which level it shows, and all grids to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.layers.layer import MapChoice
from dashboard.office_tiles import office_tiles
from dashboard.row_table import show_download
from dashboard.url_state import choose_one
from planning.code_words import UNKNOWN, level_word
from planning.features import features
from planning.grid_measures import GRID_MEASURES
from planning.kind_counts import kind_counts
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas

_FIRST = "covered_drivers_pct"


def choose_colouring(atlas: Atlas) -> MapChoice:
    """Two lists above the map; the address has them under the same names as the overview's."""
    levels = sorted(level for level in kind_counts(atlas).get("grids", {}) if level != UNKNOWN) or ["4"]
    office = office_tiles(atlas.place_folder)
    with st.container(horizontal=True, vertical_alignment="bottom", key="grids_colouring"):
        measure = choose_one(
            "measure",
            say("Grids by"),
            list(GRID_MEASURES),
            default=_FIRST,
            shown=lambda name: say(GRID_MEASURES[name].label),
            width=260,
        )
        level = choose_one(
            "level", say("Level of the grids"), levels, default=levels[-1],
            shown=lambda one: level_word(int(one)), width=160,
        )  # fmt: skip
        show_download(atlas, features(atlas, "grids"), {}, key="grids_download", label=say("Download grids (Excel)"))
    return MapChoice(
        grid_measure=measure, grid_level=int(level), theme="light", datum=office.datum if office else "wgs84"
    )
