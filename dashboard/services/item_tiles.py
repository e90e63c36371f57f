"""A tile for each item: how many drivers have a station with it near enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.share_tiles import pct_of, share_in_words
from planning.services.item_coverage import item_coverage
from planning.services.item_lists import item_word
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.services.item_lists import ItemList


def show_item_tiles(atlas: Atlas, chosen: ItemList, within: float) -> None:
    with st.container(horizontal=True, key="tiles_services"):
        for one in item_coverage(atlas, chosen.name, within=within):
            st.metric(
                say("{what} covered", what=item_word(one.item)),
                pct_of(one.drivers),
                help=share_in_words(one.drivers),
                border=True,
            )
