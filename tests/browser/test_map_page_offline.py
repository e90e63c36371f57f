"""The map as a page: opened from the disk by a real browser that reaches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.exports.map_page import map_page
from planning.atlas import open_atlas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = pytest.mark.browser

_COLOURS = """() => {
    const colours = new Set();
    for (const canvas of document.querySelectorAll("canvas")) {
        const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        for (let at = 0; at < dots.length; at += 4) {
            if (dots[at + 3] === 255) colours.add(dots[at] * 65536 + dots[at + 1] * 256 + dots[at + 2]);
        }
    }
    return [...colours];
}"""


def opened(watched: Watched, page: str, folder: Path) -> list[str]:
    """Shows the page; the addresses that it asked for."""
    path = folder / "页面 1.html"
    path.write_text(page, "utf-8")
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    watched.page.goto(path.as_uri())
    watched.page.wait_for_function("() => document.querySelectorAll('canvas').length > 0")
    return [url for url in asked if url != path.as_uri() and not url.startswith("data:")]


def test_it_opens_from_the_disk_and_asks_for_nothing(
    sample_place: Path, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    watched = watched_page()
    layers = ("stations", "resources", "requests", "grids")
    text = map_page(open_atlas(sample_place), layers, measure="drivers", title="泾川县")
    assert opened(watched, text, tmp_path) == []
    watched.assert_quiet()
    colours = set(watched.page.evaluate(_COLOURS))
    assert {0xC8102E, 0x0B5C8F, 0xFBFAF6, 0xECEFF1, 0xD0781F} <= colours
    assert watched.page.locator(".leaflet-image-layer").count() == 1
    assert watched.page.locator(".yitu-label .town", has_text="城关镇").is_visible()
    assert watched.page.locator(".yitu-head b").inner_text() == "示例数据"
    assert watched.page.locator(".yitu-legend").inner_text().count("红色驿站") == 1
    assert watched.page.locator(".leaflet-control-layers-overlays label").count() == 5


def test_a_click_shows_the_row_and_layers_can_be_put_away(
    sample_place: Path, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    watched = watched_page()
    opened(watched, map_page(open_atlas(sample_place), ("grids", "stations")), tmp_path)
    page = watched.page
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "责任岗位" in popup.inner_text()
    before = len(page.evaluate(_COLOURS))
    for box_of_layer in page.locator(".leaflet-control-layers-overlays input").all():
        box_of_layer.uncheck()
    page.wait_for_function(f"() => !({_COLOURS})().includes({0xC8102E})")
    assert len(page.evaluate(_COLOURS)) < before
    watched.assert_quiet()
