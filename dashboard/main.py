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
        say("Leaders"): [_page("overview", say("Overview"), is_first=True)],
        say("Planning"): [
            _page("coverage", say("Coverage gaps")),
            _page("freight_heat", say("Freight heat")),
            _page("siting", say("Station siting")),
            _page("scenarios", say("Scenarios")),
            _page("services", say("Facilities of stations")),
        ],
        say("Governance"): [
            _page("grids", say("Responsibility grids")),
            _page("repair_clusters", say("Repair-shop clusters")),
        ],
        say("Data"): [_page("data_health", say("Data health"))],
    }


def _page(stem: str, title: str, *, is_first: bool = False) -> st.Page:
    """A page's file and its address have one name."""
    return st.Page(f"app_pages/{stem}.py", title=title, url_path=stem, default=is_first)


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
