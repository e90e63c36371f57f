"""The map of the overview with the panel beside it; a click runs this part again and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.take_away import show_take_away
from dashboard.fact_panel import show_fact_panel
from dashboard.layers.layer import MapSource
from dashboard.map_view import chosen_spot, show_map
from dashboard.notices import telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.place import current_atlas
from planning.column_labels import column_labels
from planning.kind_counts import kind_counts
from planning.spot_facts import spot_facts

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice
    from planning.atlas import Atlas

HEIGHT_PX = 620
WALL_HEIGHT_PX = 860


def map_source(atlas: Atlas) -> MapSource:
    return MapSource(atlas, kind_counts(atlas), column_labels(atlas))


@st.fragment
def show_map_part(choice: MapChoice) -> None:
    """The map, and what is known of the chosen spot; this part runs by itself, so it tells by itself what fails."""
    with telling_refusals():
        _show_map_and_panel(choice)


def _show_map_and_panel(choice: MapChoice) -> None:
    # Anew in each run: a fragment runs long after the page that it stands on.
    atlas = current_atlas()
    spot = chosen_spot()
    facts = spot_facts(atlas, spot.lon, spot.lat) if spot else None
    map_side, panel_side = st.columns([3.1, 1], gap="small")
    with panel_side:
        show_take_away(atlas, choice.filters)
        with telling_refusals():
            show_fact_panel(atlas, spot, facts)
    with map_side:
        show_map(
            map_source(atlas),
            choice,
            key="overview",
            height_px=HEIGHT_PX,
            office=office_tiles(atlas.place_folder),
            facts=facts,
        )


def show_wall_map(atlas: Atlas, choice: MapChoice) -> None:
    """The map on a wall screen: the whole place, nothing to click."""
    office = office_tiles(atlas.place_folder)
    show_map(map_source(atlas), choice, key="wall", height_px=WALL_HEIGHT_PX, office=office,
             layers_on=("stations", "coverage"), is_still=True)  # fmt: skip
