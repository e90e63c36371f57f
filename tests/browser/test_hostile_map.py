"""Names that mean harm, on every layer of the map: shown, hovered over, clicked, and never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from dashboard.layers import LAYERS, POINT_LOOKS
from planning.atlas import open_atlas
from planning.features import SHAPE, features
from planning.kind_counts import kind_counts
from tests.browser.hostile_place import POINTS, VIEW, build_hostile, grid_spot, route_spot, spot
from tests.browser.map_sinks import PAYLOADS
from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from planning.atlas import Atlas
    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT_HITS = "window.hits = 0; window.hit = () => { window.hits += 1; };"
MADE_OF_TEXT = (
    "img[src='x'], img[src*='evil'], iframe[src^='javascript'], iframe[srcdoc*='hit'], svg[onload], details, "
    "a[href^='javascript' i]"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("hostile") / "place"
    build_hostile(folder)
    return folder


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as served:
        yield served


@pytest.fixture
def watched(watched_page: Callable[[], Watched]) -> Watched:
    watched = watched_page()
    watched.page.add_init_script(COUNT_HITS)
    return watched


def assert_nothing_ran(watched: Watched) -> None:
    for frame in watched.page.frames:
        assert frame.evaluate("() => window.hits") in {0, None}
        assert frame.locator(MADE_OF_TEXT).count() == 0
    watched.assert_quiet()


def plain(text: str) -> str:
    """As it is read on a page, where several blanks are one."""
    return " ".join(text.split())


def titles(atlas: Atlas, noun: str) -> list[str]:
    """What the map calls each thing of a noun, from west to east."""
    found = features(atlas, noun)
    title = POINT_LOOKS[noun].title
    rows = sorted(found.table.to_pylist(), key=lambda row: shapely.from_wkb(row[SHAPE]).x)
    assert len(rows) == len(PAYLOADS), noun
    return [plain(found.column(title).shown(row[title])) for row in rows]


def pointed_at(overview: Overview, page: Page, lon: float, lat: float, raised_px: float = 0) -> str:
    """What the map tells of what lies under the pointer."""
    pixel, box = overview.pixel(lon, lat), overview.map.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 3, box["y"] + box["height"] - 40)
    told = overview.frame.locator(".leaflet-tooltip")
    told.wait_for(state="detached")
    page.mouse.move(box["x"] + pixel["x"] - 2, box["y"] + pixel["y"] - raised_px)
    page.mouse.move(box["x"] + pixel["x"], box["y"] + pixel["y"] - raised_px)
    told.wait_for()
    return plain(told.inner_text())


def categories(atlas: Atlas) -> set[str]:
    """The kinds of request, each of which is one of the texts that mean harm."""
    found = {plain(kind) for kind in kind_counts(atlas)["requests"]}
    assert len(found) == len(PAYLOADS)
    return found


def opened(address: str, place: Path, watched: Watched) -> Overview:
    overview = Overview(watched.page).open(f"{address}/?layers={','.join(LAYERS)}&map={VIEW}")
    explained = {plain(one) for one in overview.legend("requests")}
    assert explained == categories(open_atlas(place)) | {"浅色：已办结"}
    assert_nothing_ran(watched)
    overview.frame.locator(".yitu-panel button").click()  # it would lie over the things
    return overview


def test_hovering_tells_every_name_as_text(address: str, place: Path, watched: Watched) -> None:
    overview, atlas = opened(address, place, watched), open_atlas(place)
    for row, noun in enumerate(POINTS):
        for column, title in enumerate(titles(atlas, noun)):
            told = pointed_at(overview, watched.page, *spot(row, column), raised_px=18 if noun == "stations" else 0)
            assert title in told, (noun, column)
    routes = features(atlas, "routes").table.to_pylist()
    grids = {row["thing_id"]: row["name"] for row in features(atlas, "grids").table.to_pylist()}
    assert len(routes) == len(grids) == len(PAYLOADS)
    names = {plain(row["name"]) for row in routes}
    for column in range(len(PAYLOADS)):
        told = pointed_at(overview, watched.page, *route_spot(column))
        assert any(name in told for name in names), column
        assert plain(grids[f"G{column}"]) in pointed_at(overview, watched.page, *grid_spot(column)), column
    assert_nothing_ran(watched)


def test_clicking_shows_every_text_as_text(address: str, place: Path, watched: Watched) -> None:
    overview, atlas = opened(address, place, watched), open_atlas(place)
    nouns = list(POINTS)
    for column in range(len(PAYLOADS)):
        row = column % len(nouns)
        title = titles(atlas, nouns[row])[column]
        lon, lat = spot(row, column)
        box, pixel = overview.map.bounding_box(), overview.pixel(lon, lat)
        assert box is not None
        raised_px = 18 if nouns[row] == "stations" else 0
        watched.page.mouse.click(box["x"] + pixel["x"], box["y"] + pixel["y"] - raised_px)
        watched.page.wait_for_function(
            "title => document.querySelector('.yitu-facts')?.innerText.replace(/\\s+/g, ' ').includes(title)", arg=title
        )
        assert overview.asked["thing"].startswith(f"{nouns[row]}/")
        # The grid that answers for the spot has such a name too.
        assert plain(features(atlas, "grids", thing=f"G{column}").table["name"][0].as_py()) in plain(
            overview.facts.inner_text()
        )
    assert_nothing_ran(watched)


def test_kinds_written_freely_are_offered_as_text(address: str, place: Path, watched: Watched) -> None:
    Overview(watched.page).open(f"{address}/?layers=requests&map={VIEW}")
    watched.page.get_by_role("combobox").nth(4).click()
    options = watched.page.get_by_role("option")
    options.first.wait_for()
    shown = {plain(one) for one in options.all_inner_texts()}
    assert len(shown & categories(open_atlas(place))) > 3
    options.filter(has_text=PAYLOADS[1]).first.click()
    watched.page.keyboard.press("Escape")
    watched.page.wait_for_function("() => new URL(location).searchParams.has('requests')")
    assert plain(PAYLOADS[1]) in plain(watched.page.get_by_test_id("stMultiSelect").nth(4).inner_text())
    assert_nothing_ran(watched)
