"""One corridor: the strip along it, what the rules of spacing say, the four hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.freight_heat.corridor_words import corridor_sentences, rule_rows
from dashboard.freight_heat.strip_chart import strip_chart
from dashboard.html_table import html_table
from dashboard.html_text import html, joined
from dashboard.row_table import show_feature_rows
from planning.corridors.corridor_features import corridor_features
from planning.corridors.report import corridor_report
from planning.corridors.strip import strip_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor


def show_corridor_part(atlas: Atlas, line: Corridor) -> None:
    found = corridor_report(atlas, line.ref, line.direction)
    st.subheader(say("Along {corridor}", corridor=line.label), anchor=False)
    st.html(strip_chart(strip_of(atlas, found)))
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(html("<ul class='yitu-list'>{lines}</ul>", lines=joined(
            html("<li>{text}</li>", text=text) for text in corridor_sentences(found)
        )))  # fmt: skip
    with right:
        headings = (say("Rule"), say("Standard"), say("Here"), say("Complies"))
        st.html(html_table(headings, rule_rows(atlas, found), numbers=(1, 2)))
    with st.expander(say("All corridors")):
        show_feature_rows(atlas, corridor_features(atlas), filters={}, key="freight_corridors")
