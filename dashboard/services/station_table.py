"""Each open station beside the items of a list: what it offers, what it lacks, what completing it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.coverage.amounts import yuan_text
from planning.code_words import code_word
from planning.services.item_lists import item_word
from wording import say

if TYPE_CHECKING:
    from planning.services.item_lists import ItemList
    from planning.services.scores import ListScore, Scores

_SIGNS = {True: "✓", False: "✗"}
_MOST_IN_SIGHT, _TABLE_HEIGHT_PX = 20, 640


def show_station_table(found: Scores, chosen: ItemList) -> None:
    complete, may_be = found.complete(chosen.name)
    is_lower_bound = any(score.of(chosen.name).is_lower_bound for score in found.stations)
    st.subheader(say("Station by station"), anchor=False)
    st.caption(
        say(
            "{complete} of {stations} open stations have everything on the list, {may_be} may have; completing the "
            "others costs {yuan}. ✓ there, ✗ missing, ? the ledger does not say.",
            complete=complete,
            stations=len(found.stations),
            may_be=may_be,
            yuan=yuan_text(found.cost_yuan(chosen.name), is_lower_bound=is_lower_bound),
        )
    )
    rows = [
        {
            say("Name"): score.station.name,
            say("Tier"): code_word("tier", score.station.tier),
            **{item_word(item): _sign(score.of(chosen.name), item) for item in chosen.items},
            say("to complete it"): _cost(score.of(chosen.name)),
        }
        for score in found.stations
    ]
    is_long = len(rows) > _MOST_IN_SIGHT
    st.dataframe(
        pd.DataFrame(rows, dtype="str"),
        hide_index=True,
        placeholder="",
        height=_TABLE_HEIGHT_PX if is_long else "content",
        key="services_stations",
    )


def _sign(score: ListScore, item: str) -> str:
    answer = score.says(item)
    return "?" if answer is None else _SIGNS[answer]


def _cost(score: ListScore) -> str:
    if score.is_complete:
        return say("complete")
    if score.price.unpriced:
        return say("{yuan} and what money does not buy", yuan=yuan_text(score.cost_yuan))
    return yuan_text(score.cost_yuan, is_lower_bound=score.is_lower_bound)
