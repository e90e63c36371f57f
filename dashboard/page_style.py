"""The look of what we draw ourselves; Streamlit's own parts follow .streamlit/config.toml."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from dashboard.palette import css_variables
from wording import say

_STYLE = Path(__file__).with_name("page_style.css")


def apply_style() -> None:
    st.html(f"<style>{css_variables()}{_words()}{_STYLE.read_text(encoding='utf-8')}</style>")


def _words() -> str:
    """What the stylesheet has to say, since it is read when the server is gone."""
    gone = say("Yitu has ended or cannot be reached. Start it again, then load this page anew.")
    unknown = say("There is no page at this address, so the overview is shown.")
    words = {"server-gone": gone, "no-such-page": unknown}
    said = "".join(f"--yitu-{name}:{json.dumps(text, ensure_ascii=False)};" for name, text in words.items())
    return f":root{{{said}}}"
