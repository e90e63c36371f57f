"""What every page has around it: navigation, language, the sign of made-up data."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from dashboard.language_switch import choose_language
from dashboard.made_up_banner import show_made_up_banner
from dashboard.notices import show_notice, telling_refusals
from dashboard.page_style import apply_style
from dashboard.place import current_atlas
from dashboard.url_state import begin, finish
from planning.data_health import build_facts
from wording import say

_ICON = str(Path(__file__).with_name("yitu_icon.svg"))
_LOGO = str(Path(__file__).with_name("yitu_logo.svg"))


def pages() -> dict[str, list[st.Page]]:
    """The pages by group: 领导, 规划, 治理, 数据."""
    return {
        say("Leaders"): [
            st.Page(
                "app_pages/overview.py",
                title=say("Overview"),
                url_path="overview",
                default=True,
            ),
        ],
        say("Planning"): [
            st.Page(
                "app_pages/coverage.py",
                title=say("Coverage gaps"),
                url_path="coverage",
            ),
            st.Page(
                "app_pages/services.py",
                title=say("Facilities of stations"),
                url_path="services",
            ),
        ],
        say("Governance"): [
            st.Page(
                "app_pages/grids.py",
                title=say("Responsibility grids"),
                url_path="grids",
            ),
        ],
        say("Data"): [
            st.Page(
                "app_pages/data_health.py",
                title=say("Data health"),
                url_path="data_health",
            ),
        ],
    }


def main() -> None:
    # Our own icon: those that Streamlit knows by name it fetches from the internet.
    st.set_page_config(page_title="驿图 Yitu", page_icon=_ICON, layout="wide", initial_sidebar_state="expanded")
    st.logo(_LOGO, size="large")
    begin(urlsplit(st.context.url or "").path)
    choose_language()
    apply_style()
    page = st.navigation(pages())
    st.set_page_config(page_title=f"{page.title} · 驿图")
    with telling_refusals():
        atlas = current_atlas()
        show_made_up_banner(build_facts(atlas))
        if atlas.notice:
            show_notice(atlas.notice)
        page.run()
    finish()


main()
