"""The page 维修聚集 in a browser: outlines on the map, a click, the table, and names that mean harm."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name
from tests.browser.map_sinks import PAYLOADS
from tests.browser.overview import FRAME, Overview
from tests.browser.serving import serving
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = pytest.mark.browser

LON, LAT, M_PER_DEG = 107.36, 35.33, 111_195.0


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as root:
        yield f"{root}/repair_clusters"


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One strip of shops along a road whose every text means harm."""
    place = SmallPlace(tmp_path_factory.mktemp("hostile") / "place")
    lon_deg = 1 / (M_PER_DEG * math.cos(math.radians(LAT)))
    rows = [["编号", "店名", "地址", "经度", "纬度"]]
    rows += [[harm, harm, harm, f"{LON + 80 * at * lon_deg:.6f}", f"{LAT:.6f}"] for at, harm in enumerate(PAYLOADS)]
    with (place.folder / "files" / "shops.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, quoting=csv.QUOTE_ALL).writerows(rows)
    place.add("repair_shops", "shops.csv").build()
    assert repair_clusters(open_atlas(place.folder)).clusters
    with serving(place.folder) as root:
        yield f"{root}/repair_clusters"


def test_a_click_on_a_sign_opens_its_cluster(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    clusters = repair_clusters(open_atlas(sample_place)).clusters
    watched = watched_page()
    page = Overview(watched.page).open(address)
    signs = page.frame.locator(".yitu-rank div")
    assert sorted(signs.all_inner_texts(), key=int) == [str(one.rank) for one in clusters]
    patch = next(one for one in clusters if one.shape == "patch" and one.rank > 2)
    signs.get_by_text(str(patch.rank), exact=True).click()
    page.facts.get_by_text(f"{patch.rank} · {cluster_name(patch)}").wait_for()
    assert page.asked["cluster"] == patch.cluster_id
    assert "at" not in page.asked
    assert "带状为≥ 3" in page.facts.inner_text()
    watched.assert_quiet()


def test_the_legend_tells_patches_from_strips(address: str, watched_page: Callable[[], Watched]) -> None:
    page = Overview(watched_page().page).open(address)
    assert page.legend("repair_clusters") == ["成片", "带状"]
    fills = page.frame.locator("path[stroke='#4b4fa8'], path[stroke='#a3588f']")
    assert fills.count() >= 2


def test_the_address_opens_the_same_cluster_again(
    address: str, sample_place: Path, watched_page: Callable[[], Watched]
) -> None:
    one = repair_clusters(open_atlas(sample_place)).clusters[0]
    page = Overview(watched_page().page).open(f"{address}?cluster={one.cluster_id}")
    assert cluster_name(one) in page.facts.inner_text()
    page.page.get_by_role("button", name="关闭").click()
    page.page.wait_for_function("() => !location.search.includes('cluster=')")


def test_names_that_mean_harm_stay_text(hostile_address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    page = Overview(watched.page).open(hostile_address)
    page.frame.locator(".yitu-rank div").first.hover()
    page.frame.locator(".leaflet-tooltip").first.wait_for()
    page.frame.locator(".yitu-rank div").first.click()
    page.facts.get_by_text("1 · 网格之外").wait_for()
    page.wait()
    assert watched.page.frame_locator(FRAME).locator("img[src=x]").count() == 0
    watched.assert_quiet()
