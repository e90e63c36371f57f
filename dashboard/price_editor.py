"""Prices as a table that can be changed; saved ones are written into the place's own standards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.standards.own_numbers import write_numbers
from wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.atlas import Atlas

_MOST_YUAN = 100_000_000


def show_price_editor(atlas: Atlas, names: Mapping[str, str], *, key: str, unit: str, yuan_per_unit: float) -> None:
    """Standards in yuan by their names, each with what it is called; they hold for every page and the command line."""
    standards = standards_of(atlas.place_folder)
    told = [standard(name, standards) for name in names]
    item, source = say("Item"), say("Source")
    frame = pd.DataFrame(
        {
            item: pd.array(list(names.values()), dtype="str"),
            unit: [one.value / yuan_per_unit for one in told],
            source: pd.array([f"{one.source} {one.dated_on}" for one in told], dtype="str"),
        }
    )
    edited = st.data_editor(
        frame, hide_index=True, disabled=[item, source], key=f"{key} prices {standards.sign}",
        column_config={unit: st.column_config.NumberColumn(min_value=0, max_value=_MOST_YUAN)},
    )  # fmt: skip
    changed = {
        name: float(new) * yuan_per_unit
        for name, new, old in zip(names, edited[unit], frame[unit], strict=True)
        if not pd.isna(new) and float(new) != float(old)
    }
    if st.button(say("Save the prices"), disabled=not changed, key=f"{key}_save_prices"):
        today = (datetime.now(UTC) + timedelta(hours=8)).date()
        write_numbers(atlas.place_folder, changed, source=say("entered on a page of Yitu"), dated_on=today)
        st.rerun()
