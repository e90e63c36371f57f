"""维修聚集: where repair shops stand together, in which shape, and which are inspected first."""

from __future__ import annotations

import streamlit as st

from dashboard.repair_clusters.cluster_part import show_cluster_part
from wording import say

st.title(say("Repair-shop clusters"), anchor=False)
show_cluster_part()
