"""中文 or English; the choice lives in the address, so that it travels with a link."""

from __future__ import annotations

import streamlit as st

from wording import say, use_language

_CHOICE = "language"
_NAMES: dict[str, str] = {"zh": "中文", "en": "English"}


def choose_language() -> None:
    """Show the switch and speak what it says for the rest of this run."""
    if _CHOICE not in st.session_state:
        st.session_state[_CHOICE] = "en" if st.query_params.get("lang") == "en" else "zh"
    is_english = st.session_state[_CHOICE] == "en"
    use_language("en" if is_english else "zh")
    st.sidebar.segmented_control(
        say("Language"),
        list(_NAMES),
        format_func=_NAMES.__getitem__,
        required=True,
        key=_CHOICE,
        label_visibility="collapsed",
    )
    # Written anew in each run, since going to another page empties the address.
    if is_english:
        st.query_params["lang"] = "en"
    else:
        st.query_params.pop("lang", None)
