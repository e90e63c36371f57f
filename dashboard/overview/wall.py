"""The wall screen: large figures and the map in the dark, renewed by itself when a new build is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage_choice import usual_coverage
from dashboard.figures import moment_text
from dashboard.html_text import html
from dashboard.kpi_board import show_kpi_board
from dashboard.layers.layer import MapChoice
from dashboard.notices import telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.main_points import main_points, points_html
from dashboard.overview.map_part import show_wall_map
from dashboard.place import current_atlas
from planning.data_health import build_facts
from planning.kpis import kpis
from wording import current_language, say

if TYPE_CHECKING:
    from planning.atlas import Atlas

LOOK_EVERY_S = 30
# What is read from across a room: few figures, and large.
ON_THE_WALL = (
    "covered_drivers_pct",
    "longest_minutes_p95",
    "worst_grid_covered_pct",
    "stations_open",
    "bays_open",
    "facilities_complete_pct",
    "drivers_known",
    "over_4h_spells_pct",
    "requests_open",
    "repair_clusters_to_inspect",
    "incidents_deaths_year",
)


def show_wall(atlas: Atlas) -> None:
    """Heading, figures, map, and the watch for a newer build."""
    facts = build_facts(atlas)
    name = (facts.place_name_en if current_language() == "en" else None) or facts.place_name
    st.html(html(
        '<header class="yitu-wall-head" data-build="{build}"><h1>{name} · {title}</h1><p>{built}</p></header>',
        build=atlas.build_id, name=name, title=say("Stations for truck drivers"),
        built=say("as of {moment}", moment=moment_text(facts.started_at)),
    ))  # fmt: skip
    figures, map_side = st.columns([1, 1.15], gap="medium")
    with figures:
        show_kpi_board(atlas, kpis(atlas, ON_THE_WALL), is_wall=True)
        st.html(points_html(main_points(atlas), is_linked=False))
    with map_side:
        office = office_tiles(atlas.place_folder)
        show_wall_map(
            atlas,
            MapChoice(theme="dark", datum=office.datum if office else "wgs84", coverage=usual_coverage(atlas)),
        )
    _watch(atlas.build_id)


@st.fragment(run_every=LOOK_EVERY_S)
def _watch(shown: str) -> None:
    with telling_refusals():
        if current_atlas().build_id != shown:
            st.rerun()
