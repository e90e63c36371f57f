"""货运热力: what the trucks' own tracks say, on the map and along each corridor."""

from __future__ import annotations

import streamlit as st

from dashboard.freight_heat.freight_part import show_freight_part
from wording import say

st.title(say("Freight heat"), anchor=False)
show_freight_part()
