"""The sites of a plan as a table, in the order of worth, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from planning.siting.reasons import gain_label, gain_text, reasons, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.sensitivity import Firmness


def show_site_table(answer: SitingAnswer, firm: Firmness | None) -> None:
    st.subheader(say("The sites, in order of worth"), anchor=False)
    st.dataframe(
        site_frame(answer, firm),
        hide_index=True,
        height="content",
        row_height=72,
        key="siting_sites",
        column_config={
            say("Reason"): st.column_config.TextColumn(width="large"),
            say("Rank"): st.column_config.TextColumn(width=50),
        },
    )


def site_frame(answer: SitingAnswer, firm: Firmness | None) -> pd.DataFrame:
    why, laid = reasons(answer), answer.setting
    several_years = bool(answer.question.later_budgets_yuan)
    gained = gain_label(laid)
    rows = [
        {
            say("Rank"): str(site.rank),
            **({say("Year"): str(site.year)} if several_years else {}),
            say("Name"): site.candidate.name,
            say("Action"): site.candidate.action_word,
            say("Kind of place"): site.candidate.kind_word,
            say("Cost (10,000 yuan)"): wan_text(site.candidate.cost_yuan),
            gained: gain_text(laid, site),
            **({say("chosen in trials"): _often(firm, site.number)} if firm else {}),
            say("Reason"): why[site.number].sentence,
        }
        for site in answer.sites
    ]
    return pd.DataFrame(rows, dtype="str")


def _often(firm: Firmness, number: int) -> str:
    share = firm.share(number)
    if share is None:
        return say("unknown")
    shown = f"{100 * share:.0f} %"
    return say("{share}, firm", share=shown) if firm.is_firm(number) else shown
