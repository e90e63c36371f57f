"""Nothing of Streamlit's own is on a page: no menu, no button to publish, no link that leads outside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import serving
from tests.planning.health_build import build_health

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWN_PARTS = (
    "stAppDeployButton", "stMainMenu", "stMainMenuButton", "stMainMenuPopover", "stToolbarActions", "stDecoration",
    "stStatusWidgetRunningManIcon", "manage-app-button",
)  # fmt: skip
LINKS = """() => [...document.querySelectorAll("[href], [src], [action]")]
    .map((one) => one.href?.baseVal ?? one.href ?? one.src ?? one.action)"""


def test_no_trace_of_streamlit_is_left(tmp_path: Path, watched_page: Callable[[], Watched]) -> None:
    build_health(tmp_path)
    with serving(tmp_path) as address:
        watched = watched_page()
        watched.page.goto(f"{address}/data_health")
        watched.page.get_by_role("heading", name="数据体检", level=1).wait_for(timeout=30_000)
        watched.page.wait_for_timeout(1500)
        found = {part: watched.page.get_by_test_id(part).count() for part in OWN_PARTS}
        assert {part for part, count in found.items() if count} == set()
        links = [str(link) for link in watched.page.evaluate(LINKS)]
        assert len(links) > 3
        assert {urlsplit(link).hostname for link in links} <= {"127.0.0.1", None}
        said = watched.page.inner_text("body").lower()
        assert [word for word in ("streamlit", "deploy", "rerun", "made with") if word in said] == []
        assert "streamlit" not in watched.page.title().lower()
        watched.page.keyboard.press("c")
        watched.page.wait_for_timeout(500)
        assert watched.page.get_by_role("dialog").count() == 0
        assert watched.hosts == {"127.0.0.1"}


def test_a_page_whose_server_has_gone_says_so_in_our_words(tmp_path: Path, watched_page: Callable[[], Watched]) -> None:
    build_health(tmp_path)
    page = watched_page().page
    with serving(tmp_path) as address:
        page.goto(f"{address}/data_health")
        page.get_by_role("heading", name="数据体检", level=1).wait_for(timeout=30_000)
    box = page.get_by_role("dialog")
    box.wait_for(timeout=30_000)
    assert box.inner_text().strip() == ""
    said = box.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert len(said) > 10
    assert "Streamlit" not in said
    assert "var(" not in said
