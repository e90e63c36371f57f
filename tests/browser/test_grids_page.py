"""The page 责任网格 in a real browser: tree, map and panel move together."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.kind_colours import kind_colour
from planning.atlas import open_atlas
from planning.features import features
from planning.grids import Grids, grids_of
from tests.browser.overview import Overview, rgb
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as served:
        yield f"{served}/grids"


@pytest.fixture(scope="module")
def answer(sample_place: Path) -> Grids:
    return grids_of(open_atlas(sample_place))


def view_of(page: Overview) -> tuple[int, float, float]:
    zoom, lat, lon = page.asked["map"].split("/")
    return int(zoom), float(lat), float(lon)


def test_opening_a_grid_shows_those_below_it_and_moves_the_map(
    address: str, answer: Grids, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    page = Overview(watched.page).open(address, height=2400)
    assert page.legend("grid_faults") == ["空白", "重叠", "越出上级"]
    assert page.legend("grids")
    before = view_of(page)
    lines = page.page.locator(".yitu-grid-line .name")
    assert lines.count() == 5
    page.page.locator(".st-key-grids_open_620821NY button").click()
    lines.nth(5).wait_for()
    page.wait()
    assert lines.count() == 5 + len(answer.below("620821NY"))
    assert page.asked["grid"] == "620821NY"
    assert view_of(page) != before
    assert "南塬片区党委书记" in page.facts.inner_text()
    # Back undoes one choice.
    page.page.go_back()
    page.page.wait_for_function("() => document.querySelectorAll('.yitu-grid-line .name').length === 5")
    watched.assert_quiet()


def test_a_click_on_the_map_tells_who_answers_at_each_level(
    address: str, answer: Grids, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    page = Overview(watched.page).open(f"{address}?map=12/35.32698/107.19876", height=2400)
    page.tick("stations", is_on=False)
    page.click_at(107.2147, 35.3286)
    page.page.locator(".yitu-facts h4", has_text="王村镇第一网格").wait_for()
    row = answer.row("62082110101")
    assert row is not None
    told = page.facts.inner_text()
    assert all(one.post in told for one in row.answers if one.post)
    assert "未明确岗位" in told
    assert view_of(page)[0] == 12  # what was clicked is in sight: the map stays
    page.page.locator(".yitu-grid-line.chosen", has_text="王村镇第一网格").wait_for()
    watched.assert_quiet()


def test_a_hole_is_drawn_and_found_from_the_list(
    address: str, answer: Grids, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    page = Overview(watched.page).open(f"{address}?layers=grid_faults", height=2600)
    page.page.locator(".st-key-grids_fault_F1 button").click()
    page.page.locator(".yitu-facts h4", has_text="空白").wait_for()
    page.wait()
    zoom, lat, lon = view_of(page)
    hole = answer.faults[0]
    assert zoom >= 12
    assert (lat, lon) == (pytest.approx(hole.lat, abs=0.03), pytest.approx(hole.lon, abs=0.03))
    colours = page.colours()
    edge = rgb(kind_colour("grid_faults", "hole", 0))
    near = sum(
        count for colour, count in colours.items() if sum(abs(a - b) for a, b in zip(colour, edge, strict=True)) < 30
    )
    assert near > 100
    watched.assert_quiet()


def test_the_grids_can_be_taken_away_as_they_are_shown(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    page = Overview(watched.page).open(address, height=2400)
    with page.page.expect_download() as taken:
        page.page.locator(".st-key-grids_download button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = features(open_atlas(sample_place), "grids")
    assert len(rows) == told.table.num_rows + 1
    place = rows[0].index("区内司机 (人)")
    shown = [None if row[place] == "未知" else row[place] for row in rows[1:]]
    assert shown == told.table["drivers_in"].to_pylist()
    watched.assert_quiet()
