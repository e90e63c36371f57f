from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINK = "/?stations=service_point&level=3&at=35.309852,107.478199&thing=stations/JC-Z006&layers=stations,grids&map=12/35.31000/107.47000"


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as served:
        yield served


def test_a_link_opens_the_same_view(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address + LINK)
    view = list(map(float, overview.asked["map"].split("/")))
    assert view == pytest.approx([12, 35.31, 107.47], abs=1e-3)
    assert {name: value for name, value in overview.asked.items() if name != "map"} == {
        "stations": "service_point",
        "level": "3",
        "at": "35.309852,107.478199",
        "thing": "stations/JC-Z006",
        "layers": "stations,grids",
    }
    assert "罗汉洞服务点" in overview.facts.inner_text()
    assert overview.legend("stations") == ["服务点", "空心：未运营"]
    assert overview.legend("grids")
    again = watched_page()
    copied = Overview(again.page).open(watched.page.url)
    assert copied.asked["layers"] == overview.asked["layers"]
    assert list(map(float, copied.asked["map"].split("/"))) == pytest.approx(view, abs=1e-3)
    assert copied.facts.inner_text() == overview.facts.inner_text()
    watched.assert_quiet()
    again.assert_quiet()


def test_back_and_forward_go_through_what_was_chosen(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address)
    overview.frame.locator(".yitu-pin:has([data-id=JC-Z006])").click()
    overview.facts.get_by_text("罗汉洞服务点").first.wait_for()
    overview.frame.locator(".yitu-pin:has([data-id=JC-Z009])").click()
    overview.facts.get_by_text("高平货车司机服务站").first.wait_for()
    watched.page.go_back()
    overview.facts.get_by_text("罗汉洞服务点").first.wait_for()
    watched.page.go_back()
    watched.page.locator(".yitu-facts.empty").wait_for()
    watched.page.go_forward()
    overview.facts.get_by_text("罗汉洞服务点").first.wait_for()
    assert overview.asked["thing"] == "stations/JC-Z006"
    watched.assert_quiet()


def test_another_page_and_back_keeps_the_view_of_the_map(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address)
    overview.tick("resources")
    overview.frame.locator(".leaflet-control-zoom-in").click()
    overview.wait()
    view, layers = overview.asked["map"], overview.asked["layers"]
    watched.page.get_by_role("link", name="数据体检").click()
    watched.page.get_by_role("heading", name="数据体检", level=1).wait_for()
    watched.page.get_by_role("link", name="总览").click()
    watched.page.get_by_role("heading", name="总览", level=1).wait_for()
    overview.wait()
    assert overview.asked["layers"] == layers
    assert list(map(float, overview.asked["map"].split("/"))) == pytest.approx(
        list(map(float, view.split("/"))), abs=1e-3
    )
    watched.assert_quiet()


def test_the_language_is_switched_and_stays_in_the_address(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address + "/?at=35.309852,107.478199&thing=stations/JC-Z006")
    watched.page.get_by_role("radio", name="English").click()
    watched.page.get_by_role("heading", name="Overview", level=1).wait_for()
    watched.page.wait_for_url("**lang=en**")
    overview.facts.get_by_text("Who answers for it").first.wait_for()
    overview.wait()
    assert overview.legend("stations")[0] == "red station"
    assert overview.asked["thing"] == "stations/JC-Z006"
    watched.assert_quiet()


def test_an_address_that_means_nothing_shows_the_page_all_the_same(
    address: str, watched_page: Callable[[], Watched]
) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(
        address
        + "/?at=north,90&thing=<img src=x onerror=alert(1)>&map=99/a/b&layers=none,,&level=9&stations=x&why=x&lang=fr"
    )
    assert watched.page.get_by_role("heading", name="总览", level=1).is_visible()
    watched.page.locator(".yitu-facts.empty").wait_for()
    assert overview.frame.locator(".yitu-legend").count() == 0
    watched.assert_quiet()


def test_moving_between_clicks_loses_neither_view_nor_layers(
    address: str, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address)
    overview.click_at(107.30, 35.42)
    overview.facts.get_by_text("分析单元").first.wait_for()
    overview.tick("incidents")
    for _ in range(2):
        overview.frame.locator(".leaflet-control-zoom-in").click()
        overview.wait()
    overview.click_at(107.5, 35.33)
    watched.page.wait_for_url("**at=35.33*")
    watched.page.wait_for_timeout(1500)
    zoom, lat, lon = map(float, overview.asked["map"].split("/"))
    assert (zoom, overview.asked["layers"]) == (12, "stations,incidents")
    copied = Overview(watched_page().page).open(watched.page.url)
    assert copied.legend("incidents")
    assert list(map(float, copied.asked["map"].split("/"))) == pytest.approx([zoom, lat, lon], abs=1e-3)
    with watched.page.expect_download() as waiting:
        overview.frame.locator("[data-take=picture]").click()
    asked = parse_qs(urlsplit(waiting.value.url).query)
    west, south, east, north = map(float, asked["bounds"][0].split(","))
    assert west < lon < east
    assert south < lat < north
    assert east - west < 0.6
    assert asked["layers"] == ["stations,incidents"]
    waiting.value.save_as(tmp_path / "map.png")
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.size == (1600, 1100)
    watched.assert_quiet()


def test_the_same_thing_can_be_chosen_again(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    overview = Overview(watched.page).open(address)
    for _ in range(2):
        overview.frame.locator(".yitu-pin:has([data-id=JC-Z009])").click()
        overview.facts.get_by_text("高平货车司机服务站").first.wait_for()
        watched.page.get_by_role("button", name="关闭").click()
        watched.page.locator(".yitu-facts.empty").wait_for()
    watched.assert_quiet()


def test_what_could_not_be_read_is_said_and_not_drawn(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    watched.page.route("**/resources.geojson*", lambda route: route.fulfill(status=503))
    watched.page.route("**/grids/values/**", lambda route: route.fulfill(status=500))
    overview = Overview(watched.page).open(address)
    for layer in ("resources", "grids"):
        overview.tick(layer)
        overview.frame.locator(f"[data-layer={layer}] .yitu-failed").wait_for()
    assert [said for said in watched.complaints if "status of 50" not in said] == []
