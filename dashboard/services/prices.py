"""The prices of items, to be changed here; they are kept in the place's own standards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from planning.services.item_lists import item_word, price_yuan
from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.standards.own_numbers import write_numbers
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.services.item_lists import ItemList

_MOST_YUAN = 100_000_000


def show_prices(atlas: Atlas, chosen: ItemList) -> None:
    """Prices with their sources; saved ones hold for every page, the command line and the notebooks."""
    standards = standards_of(atlas.place_folder)
    priced = [item for item in chosen.items if price_yuan(item, standards) is not None]
    if not priced:
        return
    with st.expander(say("Prices of the items")):
        told = [standard(f"price_{item}_yuan", standards) for item in priced]
        item, price, source = say("Item"), say("yuan a station"), say("Source")
        frame = pd.DataFrame(
            {
                item: pd.array([item_word(one) for one in priced], dtype="str"),
                price: [one.value for one in told],
                source: pd.array([f"{one.source} {one.dated_on}" for one in told], dtype="str"),
            }
        )
        edited = st.data_editor(
            frame, hide_index=True, disabled=[item, source], key=f"services_prices {chosen.name} {standards.sign}",
            column_config={price: st.column_config.NumberColumn(min_value=0, max_value=_MOST_YUAN, step=1)},
        )  # fmt: skip
        changed = {
            f"price_{name}_yuan": float(new)
            for name, new, old in zip(priced, edited[price], frame[price], strict=True)
            if not pd.isna(new) and float(new) != float(old)
        }
        if st.button(say("Save the prices"), disabled=not changed, key="services_save_prices"):
            today = (datetime.now(UTC) + timedelta(hours=8)).date()
            write_numbers(atlas.place_folder, changed, source=say("entered on the page of facilities"), dated_on=today)
            st.rerun()
