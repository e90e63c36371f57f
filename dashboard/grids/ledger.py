"""The health of the ledger: how full, how old, and where survey channels disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_table import html_table
from dashboard.html_text import html
from dashboard.notices import show_empty
from dashboard.row_table import show_feature_rows
from planning.grids.conflict_rows import conflict_rows
from planning.standards import standard
from planning.standards.of_place import standards_of
from planning.value_text import value_text
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.grids import GridRow, Grids

WORST_SHOWN = 10


def show_ledger(atlas: Atlas, answer: Grids) -> None:
    st.subheader(say("Health of the ledger"), anchor=False)
    stale = standard("ledger_stale_days", standards_of(atlas.place_folder))
    st.html(html('<p class="yitu-count">{text}</p>', text=say(
        "The rows of the grids and of their drivers, as of {day}: how many of their fields are filled in, and how many "
        "of the dated ones are older than {count} days. The lowest grids with the most gaps come first.",
        day=answer.as_of, count=f"{stale.value:g}",
    )))  # fmt: skip
    st.html(
        html_table(
            [say("Grid"), say("filled in"), say("newest survey"), say("stale rows"), say("told differently"),
             say("Who answers for it")],
            [_line(row) for row in _worst(answer)],
            numbers=[1, 2, 3, 4],
        )
    )  # fmt: skip
    st.markdown(f"**{say('Drivers whom survey channels tell differently')}**")
    if answer.conflicts:
        show_feature_rows(atlas, conflict_rows(atlas), filters={}, key="grids_conflicts")
    else:
        show_empty(say("No two survey channels tell the same driver or plate differently."))


def _worst(answer: Grids) -> list[GridRow]:
    lowest = [row for row in answer.rows if not row.grids_below]
    return sorted(lowest, key=lambda row: (row.health.complete_pct or 0, -(row.health.age_days or 0)))[:WORST_SHOWN]


def _line(row: GridRow) -> tuple[str, ...]:
    health = row.health
    return (
        row.name,
        _pct(health.complete_pct),
        f"{health.surveyed_on}" if health.surveyed_on else say("unknown"),
        _pct(health.stale_pct),
        f"{health.conflicts:,}",
        row.post or say("no post named"),
    )


def _pct(pct: float | None) -> str:
    shown = value_text(pct, "%", decimals=1, is_lower_bound=False)
    return shown if pct is None else f"{shown} %"
