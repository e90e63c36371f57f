"""中文 or English; the choice lives in the address, so that it travels with a link."""

from __future__ import annotations

import streamlit as st

from dashboard.url_state import choose_segment, told
from wording import say, use_language

_NAMES: dict[str, str] = {"zh": "中文", "en": "English"}


def choose_language() -> None:
    """Show the switch and speak what it says for the rest of this run."""
    use_language("en" if told("lang") == "en" else "zh")
    with st.sidebar:
        chosen = choose_segment("lang", say("Language"), list(_NAMES), shown=_NAMES.__getitem__, default="zh")
    use_language("en" if chosen == "en" else "zh")
