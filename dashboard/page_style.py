"""The look of what we draw ourselves; Streamlit's own parts follow .streamlit/config.toml."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.palette import css_variables

_STYLE = Path(__file__).with_name("page_style.css")


def apply_style() -> None:
    st.html(f"<style>{css_variables()}{_STYLE.read_text(encoding='utf-8')}</style>")
