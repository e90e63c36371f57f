"""The planner's first question: from the opened page to the worst gap, its reason and its owner in three clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gap_reason import gap_reasons
from planning.gaps import gaps
from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROW_PX, HEADING_PX = 35, 35


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as served:
        yield served


def test_the_worst_gap_its_reason_and_its_owner_in_three_clicks(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    atlas = open_atlas(sample_place)
    found = coverage(atlas)
    worst = gaps(atlas, found)[0]
    watched = watched_page()
    page = watched.page
    shown = Overview(page).open(address, height=1600)
    page.get_by_role("link", name="覆盖盲区").click()  # the first click
    shown.wait()
    table = page.locator('[data-testid="stDataFrame"] canvas').first
    # The second: a row of the table. What scrolls the table lies over it and passes the click on.
    table.click(position={"x": 15, "y": HEADING_PX + ROW_PX / 2}, force=True)
    panel = page.locator("[data-gap='1']")
    panel.wait_for()
    shown.wait()
    told = panel.inner_text()
    assert worst.name in told
    assert all(sentence in told for sentence in gap_reasons(atlas, found, worst))
    assert all(post.post and post.post in told for post in worst.owner.posts)
    page.wait_for_timeout(1500)  # the flight
    spot = shown.pixel(worst.lon, worst.lat)
    box = shown.map.bounding_box()
    assert box is not None
    assert 0 < spot["x"] < box["width"]
    assert 0 < spot["y"] < box["height"]
    assert shown.asked["gap"] == "1"
    watched.assert_quiet()


def test_map_and_tiles_follow_what_is_asked(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    shown = Overview(watched.page).open(f"{address}/coverage", height=1600)
    before = shown.colours()
    assert "无路可到" in shown.legend("coverage")
    tile = watched.page.locator('[data-testid="stMetricValue"]').first
    text = tile.inner_text()
    watched.page.get_by_text("计入在建拟建驿站").click()
    watched.page.wait_for_function(
        "text => document.querySelector('[data-testid=\"stMetricValue\"]').innerText !== text", arg=text
    )
    shown.wait()
    after = shown.colours()
    assert before != after
    assert shown.asked["planned"] == "1"
    watched.assert_quiet()


def test_a_click_on_an_outline_opens_its_gap(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    atlas = open_atlas(sample_place)
    second = gaps(atlas, coverage(atlas))[1]
    watched = watched_page()
    shown = Overview(watched.page).open(f"{address}/coverage", height=1600)
    shown.click_at(second.lon, second.lat)
    watched.page.locator("[data-gap='2']").wait_for()
    watched.assert_quiet()
