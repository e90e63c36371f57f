"""设施配套: what stations offer beside the lists that they are held against, and the cheapest way to complete them."""

from __future__ import annotations

import streamlit as st

from dashboard.place import current_atlas
from dashboard.services.cheapest_table import show_cheapest
from dashboard.services.item_tiles import show_item_tiles
from dashboard.services.prices import show_prices
from dashboard.services.question import ask_for_list
from dashboard.services.station_table import show_station_table
from planning.services.scores import scores
from wording import say

atlas = current_atlas()

st.title(say("Facilities of stations"), anchor=False)
chosen, within = ask_for_list(atlas)
show_item_tiles(atlas, chosen, within)
show_cheapest(atlas, chosen, within)
show_station_table(scores(atlas), chosen)
show_prices(atlas, chosen)
