from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dashboard.map_colours import GROUND
from dashboard.overview.wall import LOOK_EVERY_S
from etl.build import build_place
from planning.atlas import open_atlas
from planning.kpis import kpi
from tests.browser.overview import Overview, rgb
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def place(sample_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of its own, to be built again while it is shown."""
    copy = tmp_path_factory.mktemp("wall") / "sample"
    shutil.copytree(sample_place, copy)
    return copy


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as served:
        yield served


def test_the_wall_is_dark_fits_and_renews_itself(
    address: str, place: Path, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address + "/?view=wall", 1920, 1080)
    colours = overview.colours()
    assert colours[rgb(GROUND["dark"]["outside"])] > 10_000
    assert not watched.page.get_by_test_id("stSidebar").is_visible()
    assert watched.page.locator("button:visible").count() == 0
    main = watched.page.get_by_test_id("stMain")
    for width, height in ((1366, 768), (1280, 720), (1920, 1080)):
        watched.page.set_viewport_size({"width": width, "height": height})
        watched.page.wait_for_timeout(1000)
        assert main.evaluate("box => box.scrollHeight - box.clientHeight") <= 0, width
    shown = watched.page.locator(".yitu-wall .value").all_inner_texts()
    assert kpi(open_atlas(place), "stations_open").value_text in " ".join(shown)
    before = open_atlas(place).build_id
    assert watched.page.locator(f".yitu-wall-head[data-build='{before}']").is_visible()
    build_place(place)
    now = open_atlas(place).build_id
    assert now != before
    renewed = watched.page.locator(f".yitu-wall-head[data-build='{now}']")
    renewed.wait_for(timeout=(LOOK_EVERY_S + 60) * 1000)
    watched.page.wait_for_function("() => document.querySelectorAll('iframe').length === 1")
    overview.wait()
    assert overview.colours()[rgb(GROUND["dark"]["outside"])] > 10_000
    watched.assert_quiet()
