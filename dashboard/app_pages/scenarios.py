"""方案对比: kept plans side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.scenarios.scenarios_part import show_scenarios_part
from wording import say

st.title(say("Scenarios"), anchor=False)
show_scenarios_part()
