"""沿线资源梳理: the resources near busy roads, in the order in which a planner looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.row_table import show_feature_rows
from planning.along_route import prospect_features
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas


def show_prospects(atlas: Atlas) -> None:
    st.subheader(say("Resources along busy roads"), anchor=False)
    st.caption(
        say(
            "Existing places a few minutes from a busy corridor, ordered by the truck-km a day that are driven past "
            "them before the next open station comes."
        )
    )
    show_feature_rows(atlas, prospect_features(atlas), filters={}, key="freight_prospects")
