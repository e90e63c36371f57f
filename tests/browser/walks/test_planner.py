"""The planner's walk: from the first page to the worst gap, on to three new stations, and out with a Word brief."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from docx import Document

from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gap_reason import gap_reasons
from planning.gaps import gaps
from planning.scenarios import scenario
from planning.siting.answer import answered
from planning.siting.question import usual_question
from planning.siting.reasons import wan_text
from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROW_PX, HEADING_PX = 35, 35
SEARCHED_MS = 150_000
NAME = "三处新站"


@pytest.fixture(scope="module")
def place(sample_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of its own, since a plan is kept in it."""
    copy = tmp_path_factory.mktemp("planner") / "sample"
    shutil.copytree(sample_place, copy)
    return copy


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as served:
        yield served


def test_from_the_first_page_to_a_word_brief(address: str, place: Path, watched_page: Callable[[], Watched]) -> None:
    atlas = open_atlas(place)
    watched = watched_page()
    page = watched.page
    page.set_default_timeout(SEARCHED_MS)
    shown = Overview(page).open(address, height=1600)

    page.get_by_role("link", name="覆盖盲区").click()
    shown.wait()
    found = coverage(atlas)
    worst = gaps(atlas, found)[0]
    table = page.locator('[data-testid="stDataFrame"] canvas').first
    table.click(position={"x": 15, "y": HEADING_PX + ROW_PX / 2}, force=True)
    panel = page.locator("[data-gap='1']")
    panel.wait_for()
    told = panel.inner_text()
    assert worst.name in told
    assert all(sentence in told for sentence in gap_reasons(atlas, found, worst))
    assert worst.owner.smallest is not None
    assert worst.owner.smallest.post
    assert worst.owner.smallest.post in told

    page.get_by_role("link", name="驿站选址").click()
    page.get_by_text("已证明").first.wait_for()
    shown.wait()
    # A table drawn on a canvas has its cells beneath it, for whoever reads with the ear.
    cells = page.locator("[data-testid='stDataFrame'] td").all_text_contents()
    tiles = page.locator(".st-key-tiles_siting").inner_text()
    page.locator(".st-key-siting_name input").fill(NAME)
    page.locator("[data-testid='stFormSubmitButton'] button").click()
    page.get_by_text(f"方案已保存为“{NAME}”").wait_for()
    kept = scenario(place, NAME)
    assert len(kept.sites) == 3
    assert all(site.name in cells and site.reason in cells for site in kept.sites)
    assert wan_text(kept.cost_yuan) in tiles
    best = answered(atlas, usual_question(atlas, new=3))
    assert kept.is_proven
    assert kept.figures["covered_pct"] == pytest.approx(best.covered_pct)

    with page.expect_download() as loading:
        page.locator(".st-key-siting_take_docx button").click()
    assert loading.value.suggested_filename.endswith(".docx")
    brief = Document(io.BytesIO(loading.value.path().read_bytes()))
    rows = [[cell.text for cell in row.cells] for one in brief.tables for row in one.rows]
    for site in kept.sites:
        assert any(site.name in row and site.reason in row for row in rows)
        assert any(site.candidate_id in row for row in rows)
    first = gaps(atlas, best.setting.before)[0]  # for stations with all that the plan asks of them
    assert first.owner.smallest is not None
    assert any(first.name in row and first.owner.smallest.post in row for row in rows)
    assert len(brief.inline_shapes) >= 2

    page.get_by_role("link", name="方案对比").click()
    page.get_by_role("heading", name=f"方案1：{NAME}").wait_for()
    watched.assert_quiet()
