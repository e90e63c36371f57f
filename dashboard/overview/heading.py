"""The heading of the overview, with the way to the wall screen beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.html_text import html


def show_heading(title: str, *, link: str, link_text: str) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", key="heading_line"
    ):
        st.title(title, anchor=False)
        st.html(html('<a class="yitu-link" href="{link}" target="_blank">{text}</a>', link=link, text=link_text))
