"""总览: how the place stands, in a few figures and on one map."""

from __future__ import annotations

from dashboard.kpi_board import show_kpi_board
from dashboard.kpi_why import show_why_asked
from dashboard.map_filters import choose_filters
from dashboard.office_tiles import office_tiles
from dashboard.overview.heading import show_heading
from dashboard.overview.main_points import show_main_points
from dashboard.overview.map_part import map_source, show_map_part
from dashboard.overview.wall import show_wall
from dashboard.place import current_atlas
from dashboard.url_state import told
from planning.kpis import REGISTER, kpis
from wording import say

atlas = current_atlas()

if told("view") == "wall":
    show_wall(atlas)
else:
    show_heading(say("Overview"), link="?view=wall", link_text=say("Open the wall screen"))
    show_main_points(atlas)
    show_kpi_board(atlas, kpis(atlas), is_wall=False)
    office = office_tiles(atlas.place_folder)
    choice = choose_filters(map_source(atlas), theme="light", datum=office.datum if office else "wgs84")
    show_map_part(choice)
    show_why_asked(REGISTER)  # last, since an open dialog must not keep the page from being made
