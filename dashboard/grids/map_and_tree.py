"""The map with the chosen grid beside it, and the tree below: a click on any of them runs this part again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
import streamlit as st

from dashboard.grids.chosen import Chosen, chosen_on_page
from dashboard.grids.panel import show_panel
from dashboard.grids.tree import show_tree
from dashboard.map_view import Emphasis, show_map
from dashboard.notices import telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from planning.grids import grids_of

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice

HEIGHT_PX = 560
LAYERS_ON = ("grids", "grid_faults", "stations")


@st.fragment
def show_map_and_tree(choice: MapChoice) -> None:
    with telling_refusals():
        _show(choice)


def _show(choice: MapChoice) -> None:
    # Anew in each run: a fragment runs long after the page that it stands on.
    atlas = current_atlas()
    answer = grids_of(atlas)
    chosen = chosen_on_page(answer)
    map_side, panel_side = st.columns([3.1, 1], gap="small")
    with panel_side:
        show_panel(atlas, answer, chosen)
    with map_side:
        show_map(
            map_source(atlas), choice, key="grids", height_px=HEIGHT_PX, office=office_tiles(atlas.place_folder),
            emphasis=_emphasis(chosen), layers_on=LAYERS_ON,
        )  # fmt: skip
    show_tree(answer, chosen.grid)


def _emphasis(chosen: Chosen) -> Emphasis | None:
    if chosen.geom is None:
        return None
    return Emphasis(shapely.from_wkb(chosen.geom), chosen.moves_for)
