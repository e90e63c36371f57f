"""驿站选址: which stations to open next, why, and how good any plan could be."""

from __future__ import annotations

import streamlit as st

from dashboard.siting.siting_part import show_siting_part
from wording import say

st.title(say("Station siting"), anchor=False)
show_siting_part()
