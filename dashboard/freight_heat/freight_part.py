"""The page's living part: the figures, the map, one corridor as a strip, the places worth a look."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.fact_panel import show_fact_panel
from dashboard.freight_heat.corridor_part import show_corridor_part
from dashboard.freight_heat.figure_tiles import show_figure_tiles
from dashboard.freight_heat.prospect_table import show_prospects
from dashboard.freight_heat.question import ask_for_corridor, ask_for_freight
from dashboard.freight_heat.track_account import show_track_account
from dashboard.layers.layer import MapChoice
from dashboard.map_view import chosen_spot, show_map
from dashboard.notices import show_empty, telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from dashboard.url_state import finish
from planning.corridors.corridor import corridors
from planning.freight_heat import tracked
from planning.spot_facts import spot_facts
from wording import say

HEIGHT_PX = 560


@st.fragment
def show_freight_part() -> None:
    with telling_refusals():
        atlas = current_atlas()
        choice = ask_for_freight()
        line = ask_for_corridor(atlas)
        finish()  # a fragment that was changed runs by itself: its address is written here
        show_figure_tiles(atlas)
        if not tracked(atlas).pings:
            show_empty(say("This place has no tracks yet: name files of pings in sources.toml and build again."))
        spot = chosen_spot()
        facts = spot_facts(atlas, spot.lon, spot.lat) if spot else None
        office = office_tiles(atlas.place_folder)
        map_side, panel_side = st.columns([3.1, 1], gap="small")
        with panel_side, telling_refusals():
            show_track_account(tracked(atlas))
            if spot is not None:
                show_fact_panel(atlas, spot, facts)
        with map_side:
            show_map(
                map_source(atlas),
                replace(MapChoice(datum=office.datum if office else "wgs84"), freight=choice),
                key="freight_heat",
                height_px=HEIGHT_PX,
                office=office,
                facts=facts,
            )
        if corridors(atlas) and line is not None:
            show_corridor_part(atlas, line)
        show_prospects(atlas)
