"""The prices of items, to be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.price_editor import show_price_editor
from planning.services.item_lists import item_word, price_yuan
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.services.item_lists import ItemList


def show_prices(atlas: Atlas, chosen: ItemList) -> None:
    """Those of a list that money buys."""
    standards = standards_of(atlas.place_folder)
    names = {f"price_{item}_yuan": item_word(item) for item in chosen.items if price_yuan(item, standards) is not None}
    if names:
        with st.expander(say("Prices of the items")):
            show_price_editor(atlas, names, key=f"services_{chosen.name}", unit=say("yuan a station"), yuan_per_unit=1)
