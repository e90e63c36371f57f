"""覆盖盲区: who has no fitting station within reach, where, why, and who answers for it."""

from __future__ import annotations

import streamlit as st

from dashboard.coverage.coverage_part import show_coverage_part
from wording import say

st.title(say("Coverage gaps"), anchor=False)
show_coverage_part()
