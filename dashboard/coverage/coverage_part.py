"""The page's living part: question, tiles, map, gaps. A change of the question runs it again and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.bays_table import show_bays_asked
from dashboard.coverage.gap_panel import show_gap_panel
from dashboard.coverage.gap_table import chosen_gap, show_gap_table
from dashboard.coverage.gaps_taken_away import show_gaps_to_take_away
from dashboard.coverage.question import ask_for_coverage
from dashboard.coverage.share_tiles import show_share_tiles
from dashboard.coverage.way import way_of
from dashboard.fact_panel import show_fact_panel
from dashboard.layers.layer import MapChoice
from dashboard.map_view import Emphasis, chosen_spot, show_map
from dashboard.notices import show_empty, telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from dashboard.url_state import finish, tell_and_show
from planning.gaps import gap_outline, gaps
from planning.spot_facts import spot_facts
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas
    from planning.coverage import Coverage
    from planning.gaps import Gap

HEIGHT_PX = 560


@st.fragment
def show_coverage_part() -> None:
    with telling_refusals():
        atlas = current_atlas()
        choice = ask_for_coverage(atlas)
        finish()  # a fragment that was changed runs by itself: its address is written here
        found = choice.of(atlas)
        listed = gaps(atlas, found, choice.rank_by)
        show_share_tiles(atlas, choice, found, listed)
        _show_map_and_panel(atlas, choice, found, listed)
        if listed:
            show_gap_table(found, listed)
            show_gaps_to_take_away(atlas, choice)
            show_bays_asked(atlas, choice)
        else:
            show_empty(say("There are no gaps: every cell has a fitting station near enough."))


def _show_map_and_panel(atlas: Atlas, choice: CoverageChoice, found: Coverage, listed: list[Gap]) -> None:
    spot, gap = chosen_spot(), chosen_gap(listed)
    if spot is not None and spot.noun_and_id and spot.noun_and_id[0] == "gaps":
        tell_and_show(gap=spot.noun_and_id[1], at="", thing="")
    facts = spot_facts(atlas, spot.lon, spot.lat) if spot else None
    office = office_tiles(atlas.place_folder)
    map_side, panel_side = st.columns([3.1, 1], gap="small")
    with panel_side, telling_refusals():
        if spot is None and gap is not None:
            show_gap_panel(atlas, found, gap)
        else:
            show_fact_panel(atlas, spot, facts, way_of(found, facts))
    with map_side:
        show_map(
            map_source(atlas),
            replace(MapChoice(datum=office.datum if office else "wgs84"), coverage=choice),
            key="coverage",
            height_px=HEIGHT_PX,
            office=office,
            facts=facts,
            emphasis=Emphasis(gap_outline(found, gap), f"gap {gap.rank} {choice}") if gap and spot is None else None,
            layers_on=("stations", "gaps", "coverage"),
        )
