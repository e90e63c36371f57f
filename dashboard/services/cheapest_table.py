"""The cheapest way to bring each item within reach of those who lack it, and what each further step buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.amounts import amount_text, yuan_text
from dashboard.html_table import html_table
from planning.services.budget import spending
from planning.services.equipping import cheapest_equipping
from planning.services.item_lists import item_word
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.services.equipping import Equipping
    from planning.services.item_lists import ItemList

_STEPS_SHOWN = 15


def show_cheapest(atlas: Atlas, chosen: ItemList, within: float) -> None:
    found = cheapest_equipping(atlas, chosen.name, within=within)
    st.subheader(say("The cheapest items that close most gaps"), anchor=False)
    if not found:
        st.caption(say("Every driver who has a station near enough finds each item of the list there."))
        return
    st.caption(
        say("Of the drivers who have some station near enough: how many lack the item there, and the fewest stations "
            "to equip so that none does. Where no station is near, equipping does not help: see the coverage gaps.")
    )  # fmt: skip
    headings = [say("Item"), say("have it now"), say("would gain it"), say("Cost"), say("Equip"), say("Proof")]
    st.html(html_table(headings, map(_row, found), numbers=[1, 2, 3]))
    _show_steps(atlas, chosen, within)


def _row(one: Equipping) -> tuple[str, ...]:
    names = say(", ").join(
        station.name + (say(" (ask first)") if station.station_id in one.may_have else "") for station in one.stations
    )
    proof = say("nothing cheaper does it") if one.is_proven else say("at least {yuan}", yuan=yuan_text(one.bound_yuan))
    return (
        item_word(one.item), amount_text(one.drivers_before), amount_text(one.drivers_gained),
        say("not priced") if one.cost_yuan is None else yuan_text(one.cost_yuan), names, proof,
    )  # fmt: skip


def _show_steps(atlas: Atlas, chosen: ItemList, within: float) -> None:
    """What little money buys first."""
    steps = spending(atlas, chosen.name, within=within)[:_STEPS_SHOWN]
    if not steps:
        return
    with st.expander(say("Where little money does most, step by step")):
        headings = [say("Station"), say("Item"), say("Cost"), say("drivers who gain it"), say("spent so far")]
        rows = [
            (one.station.name, item_word(one.item), yuan_text(one.cost_yuan), amount_text(one.gained),
             yuan_text(one.spent_yuan))
            for one in steps
        ]  # fmt: skip
        st.html(html_table(headings, rows, numbers=[2, 3, 4]))
