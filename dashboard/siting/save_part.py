"""Keeping a plan under a name, to compare it with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planning.scenarios import save
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer


def offer_to_save(answer: SitingAnswer, time_limit_s: float) -> None:
    with st.form("siting_save", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(say("Keep this plan as"), max_chars=60, key="siting_name")
        if st.form_submit_button(say("Keep")):
            kept = save(answer, name, time_limit_s)
            st.toast(say("The plan is kept as “{name}”.", name=kept.name))
