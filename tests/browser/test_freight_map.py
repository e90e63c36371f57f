"""The page 货运热力 in a real browser: bands by hour, the day that plays, and nothing asked of the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = pytest.mark.browser
BANDS = "[data-layer='section_flows']"


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as address:
        yield address


@pytest.fixture
def watched(watched_page: Callable[[], Watched]) -> Watched:
    return watched_page()


def colours(page: Overview) -> list[str]:
    """Of the bands that are drawn, thick enough to be seen."""
    found: list[str] = page.map.evaluate(
        "() => [...document.querySelectorAll('.leaflet-yitu-lines-pane path')]"
        ".filter(one => Number(one.getAttribute('stroke-width')) > 0).map(one => one.getAttribute('stroke'))"
    )
    return found


def test_the_hour_changes_bands_and_legend_without_the_server(watched: Watched, address: str) -> None:
    page = Overview(watched.page).open(f"{address}/freight_heat?map=35.336,107.37,10", height=1500)
    whole_day = colours(page)
    assert whole_day
    assert "辆/日" in page.frame.locator(BANDS).inner_text()
    slider = page.frame.locator(".yitu-hours input")
    slider.fill("10")
    assert page.frame.locator(".yitu-hours output").inner_text() == "9:00 – 10:00"
    assert "辆/小时" in page.frame.locator(BANDS).inner_text()
    assert colours(page) != whole_day
    slider.fill("0")
    assert colours(page) == whole_day
    watched.assert_quiet()


def test_the_day_plays_and_stops(watched: Watched, address: str) -> None:
    page = Overview(watched.page).open(f"{address}/freight_heat?map=35.336,107.37,10", height=1500)
    button, told = page.frame.locator(".yitu-hours button"), page.frame.locator(".yitu-hours output")
    button.click()
    told.filter(has_text="2:00 – 3:00").wait_for(timeout=20_000)
    button.click()
    stood = told.inner_text()
    watched.page.wait_for_timeout(1500)
    assert told.inner_text() == stood


def test_marks_and_blur_come_when_ticked(watched: Watched, address: str) -> None:
    layers = "section_flows,breakpoints,roadside_stops,freight_heat"
    page = Overview(watched.page).open(f"{address}/freight_heat?map=35.6,107.0,8&layers={layers}", height=1500)
    page.frame.locator(".leaflet-yitu-points-pane path").first.wait_for(state="attached")
    assert page.frame.locator("canvas.leaflet-heatmap-layer").count() == 1
    watched.assert_quiet()
