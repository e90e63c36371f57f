"""示例数据: data that are made up say so on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_text import html
from wording import say

if TYPE_CHECKING:
    from planning.health_records import BuildFacts


def show_made_up_banner(build: BuildFacts) -> None:
    if build.is_made_up:
        st.html(
            html(
                '<div class="yitu-made-up" role="note"><b>{title}</b> {text}</div>',
                title=say("Sample data"),
                text=say("All of it is made up and says nothing about a real place."),
            )
        )
