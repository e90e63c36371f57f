from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import openpyxl
import pytest

from planning.atlas import open_atlas
from planning.data_health import health_report
from tests.browser.serving import serving
from tests.planning.health_build import HOSTILE, build_health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from planning.data_health import HealthReport
    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    build_health(folder, extra_rejects=60)
    return folder


@pytest.fixture(scope="module")
def report(place: Path) -> HealthReport:
    return health_report(open_atlas(place))


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as served:
        yield served


@pytest.fixture(scope="module")
def hostile_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    build_health(folder, hostile=True)
    return folder


def show(page: Page, address: str, heading: str) -> None:
    page.goto(f"{address}/data_health")
    wait(page, heading)


def wait(page: Page, heading: str) -> None:
    page.get_by_role("heading", name=heading, level=1).wait_for(timeout=30_000)
    page.locator(".yitu-finding").first.wait_for()
    settled(page)


def settled(page: Page) -> None:
    """Waits until the script has run to its end and nothing on the page changes any more."""
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    page.wait_for_function(
        """() => {
            const now = document.body.innerText;
            const same = window.yituSeen === now;
            window.yituSeen = now;
            return same;
        }""",
        polling=300,
    )


def tile_figures(page: Page) -> list[str]:
    return [text.split()[0] for text in page.get_by_test_id("stMetricValue").all_inner_texts()]


def test_the_page_speaks_chinese_and_its_figures_equal_the_report(
    address: str, report: HealthReport, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    show(watched.page, address, "数据体检")
    total = report.total
    assert tile_figures(watched.page) == [
        str(len(report.sources)),
        *(f"{count:,}" for count in (total.read, total.kept, total.rejected, total.repaired)),
    ]
    rows = watched.page.locator(".yitu-source summary")
    for i, source in enumerate(report.sources):
        told = rows.nth(i).locator(".number").all_inner_texts()
        tally = source.tally
        counts = (tally.read, tally.kept, tally.rejected, tally.merged, tally.repaired)
        assert told == ([f"{count:,}" for count in counts] if source.origins else ["–"] * 5)
    assert watched.page.get_by_text("示例数据", exact=True).is_visible()
    watched.assert_quiet()


def test_a_source_opens_to_its_files_and_headings(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    show(watched.page, address, "数据体检")
    opened = watched.page.locator(".yitu-source").first
    assert not opened.get_by_text("files/驿站台账.xlsx").is_visible()
    opened.locator("summary").click()
    assert opened.get_by_text("files/驿站台账.xlsx").is_visible()
    assert opened.get_by_text("停车位（个） → 停车位").first.is_visible()
    watched.assert_quiet()


def test_the_language_is_switched_and_lives_in_the_address(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    show(watched.page, address, "数据体检")
    watched.page.get_by_role("radio", name="English").click()
    watched.page.get_by_role("heading", name="Data health", level=1).wait_for()
    watched.page.wait_for_url("**lang=en**")
    watched.page.reload()
    wait(watched.page, "Data health")
    watched.page.get_by_role("radio", name="中文").click()
    watched.page.get_by_role("heading", name="数据体检", level=1).wait_for()
    watched.page.wait_for_url(lambda url: "lang" not in url)
    watched.assert_quiet()


def test_the_download_holds_every_refused_row(
    address: str, report: HealthReport, tmp_path: Path, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    show(watched.page, address, "数据体检")
    with watched.page.expect_download() as download:
        watched.page.get_by_role("button", name="下载拒收行（Excel）").click()
    target = tmp_path / "rejects.xlsx"
    download.value.save_as(target)
    assert download.value.suggested_filename.endswith(f"{report.build.build_id}.xlsx")
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    assert sheet.max_row == 1 + report.total.rejected
    assert sheet["A1"].value == "文件"
    watched.assert_quiet()


def test_refused_rows_are_turned_page_by_page(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    show(watched.page, address, "数据体检")
    assert watched.page.locator(".yitu-count").inner_text() == "共 63 行，显示第 1 至 50 行"
    watched.page.get_by_test_id("stPagination").get_by_text("2", exact=True).click()
    watched.page.get_by_text("共 63 行，显示第 51 至 63 行").wait_for()
    watched.assert_quiet()


def test_texts_that_mean_harm_do_nothing(hostile_place: Path, watched_page: Callable[[], Watched]) -> None:
    with serving(hostile_place) as address:
        watched = watched_page()
        show(watched.page, address, "数据体检")
        for details in watched.page.locator("details > summary").all():
            details.click()
        watched.page.get_by_role("combobox").first.click()
        watched.page.wait_for_timeout(500)
        watched.page.keyboard.press("Escape")
        open_cells(watched.page)
        assert watched.page.locator(f"text={HOSTILE[6]}").first.is_visible()
        links = watched.page.locator("a[href*='evil'], img[src*='evil'], script[src*='evil']")
        assert links.count() == 0
        watched.assert_quiet()


def open_cells(page: Page) -> None:
    """Open the overlay of some cells, in which other kinds of column draw links and images."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    for down in range(60, 400, 36):
        table.dblclick(position={"x": 640, "y": down})
        page.wait_for_timeout(150)
        page.keyboard.press("Escape")


def test_our_own_route_tells_place_and_build(address: str, report: HealthReport) -> None:
    with urllib.request.urlopen(f"{address}/health/place", timeout=10) as answer:  # noqa: S310
        told = json.load(answer)
    assert told == {"place": report.build.place_name, "build": report.build.build_id}
