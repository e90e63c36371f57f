"""What the page's figures are made of: how many pings of how many trucks, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_text import html, joined
from wording import mark, say

if TYPE_CHECKING:
    from planning.freight_heat import Tracked

FAULT_WORDS = {
    "repeated": mark("sent twice"),
    "frozen": mark("position frozen"),
    "jumped": mark("jumped and came back"),
    "outside": mark("outside the area"),
}


def show_track_account(found: Tracked) -> None:
    rows = [
        (say("Pings"), f"{found.pings:,}"),
        (say("Trucks"), f"{found.vehicles:,}"),
        (say("Days"), _days(found)),
        (say("Trucks a day"), _number(found.trucks_per_day)),
        (say("Driving pings on a road"), _pct(found.placed_pct)),
        (say("Ways between sections found"), _pct(found.joined_pct)),
        *((say(FAULT_WORDS.get(fault, fault)), f"{pings:,}") for fault, pings in found.faults.items()),
    ]
    lines = joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows)
    note = say("What fewer than {count} trucks make is not shown, nor what would tell it.", count=found.k_anonymity)
    st.html(
        html(
            '<section class="yitu-facts"><h3>{title}</h3><dl>{lines}</dl><p class="yitu-where">{note}</p></section>',
            title=say("The tracks"),
            lines=lines,
            note=note,
        )
    )


def _days(found: Tracked) -> str:
    if found.first_day is None or found.last_day is None:
        return say("none")
    return f"{found.days} ({found.first_day:%m-%d} – {found.last_day:%m-%d})"


def _number(value: float | None) -> str:
    return say("unknown") if value is None else f"{value:,.0f}"


def _pct(value: float | None) -> str:
    return say("unknown") if value is None else f"{value:.1f} %"
