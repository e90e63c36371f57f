"""The leader's walk: the wall screen as it is read from three metres, and 总览 on one sheet of paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.overview.main_points import main_points
from dashboard.overview.wall import ON_THE_WALL
from planning.atlas import open_atlas
from planning.kpis import kpis
from tests.browser.overview import Overview
from tests.browser.serving import Watched, serving, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTH, HEIGHT = 1920, 1080
# On a wall of 1.2 m height a figure of this size stands 3 cm tall, which eyes read from three metres with ease.
LEAST_FIGURE_PX = 27
A_SHEET = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as served:
        yield served


def test_the_wall_says_the_figures_and_the_points_on_one_screen(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    atlas = open_atlas(sample_place)
    first = watched_page()
    Overview(first.page).open(address)
    with first.page.context.expect_page() as opening:  # beside the page, for the other screen
        first.page.get_by_role("link", name="打开大屏").click()
    watched = Watched(opening.value)
    watch(watched)
    page = watched.page
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.locator(".yitu-wall").wait_for()
    Overview(page).wait()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("box => [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]") == [0, 0]
    told = {
        tile.locator(".label").inner_text(): tile.locator(".value").inner_text()
        for tile in page.locator(".yitu-wall .yitu-kpi").all()
    }
    expected = {
        one.label: one.value_text + ("" if one.value is None else f" {one.unit}") for one in kpis(atlas, ON_THE_WALL)
    }
    assert told == expected
    points = page.locator(".yitu-points li").all_inner_texts()
    assert points == [point.sentence for point in main_points(atlas)]
    heights = page.locator(".yitu-wall .value").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(heights) >= LEAST_FIGURE_PX
    cut = page.locator(".yitu-wall p, .yitu-points li").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert cut == []
    watched.assert_quiet()
    first.assert_quiet()


def test_the_overview_is_one_sheet_of_paper(
    address: str, sample_place: Path, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    watched = watched_page()
    Overview(watched.page).open(address)
    printed = tmp_path / "overview.pdf"
    watched.page.pdf(path=printed, format="A4", prefer_css_page_size=True, print_background=True)
    assert len(A_SHEET.findall(printed.read_bytes())) == 1
    watched.page.emulate_media(media="print")
    assert watched.page.locator(".yitu-points li").count() == len(main_points(open_atlas(sample_place)))
    assert watched.page.locator(".stButton:visible, [data-testid=stSidebar]:visible").count() == 0
    watched.assert_quiet()
