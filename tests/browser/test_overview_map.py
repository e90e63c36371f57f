from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.kind_colours import kind_colour
from dashboard.map_colours import GROUND
from dashboard.palette import sequential
from planning.atlas import open_atlas
from planning.features import features
from planning.spot_facts import spot_facts
from tests.browser.overview import Overview, rgb
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATION = "JC-Z006"  # stands alone, away from towns
TOWN = (107.300, 35.425)


@pytest.fixture(scope="module")
def address(sample_place: Path) -> Iterator[str]:
    with serving(sample_place) as served:
        yield served


@pytest.fixture
def watched(watched_page: Callable[[], Watched]) -> Watched:
    return watched_page()


def test_the_map_is_drawn(address: str, watched: Watched) -> None:
    overview = Overview(watched.page).open(address)
    colours = overview.colours()
    ground = GROUND["light"]
    assert colours[rgb(ground["land"])] > 10_000
    assert colours[rgb(ground["outside"])] > 10_000
    assert colours[rgb(kind_colour("stations", "service_point", 2))] > 200
    assert overview.legend("stations") == ["红色驿站", "服务站", "服务点", "司机之家", "红领驿站", "空心：未运营"]
    watched.assert_quiet()


def test_layers_are_drawn_when_ticked_and_explained_only_then(address: str, watched: Watched) -> None:
    overview = Overview(watched.page).open(address)
    assert overview.legend("grids") == []
    darkest = rgb(sequential("light", 5)[-1])
    before = near(overview, darkest)
    overview.tick("grids")
    assert len(overview.legend("grids")) >= 4
    assert near(overview, darkest) > before
    overview.tick("grids", is_on=False)
    assert overview.legend("grids") == []
    for layer in ("resources", "repair_shops", "requests", "incidents", "enterprises", "places", "routes", "cells"):
        overview.tick(layer)
        assert overview.legend(layer), layer
    watched.assert_quiet()


def near(overview: Overview, colour: tuple[int, int, int]) -> int:
    """Pixels like a colour that shines through the map."""
    return sum(
        count
        for found, count in overview.colours().items()
        if max(abs(one - other) for one, other in zip(found, colour, strict=True)) < 90 and found[2] > found[0] + 20
    )


def test_hovering_and_clicking_a_station_tell_of_it(address: str, sample_place: Path, watched: Watched) -> None:
    overview = Overview(watched.page).open(address)
    row = next(row for row in features(open_atlas(sample_place), "stations", thing=STATION).table.to_pylist())
    pin = overview.frame.locator(f".yitu-pin:has([data-id={STATION}])")
    pin.hover()
    told = overview.frame.locator(".leaflet-tooltip")
    told.wait_for()
    assert row["name"] in told.inner_text()
    pin.click()
    overview.facts.get_by_text(row["name"]).first.wait_for()
    assert overview.asked["thing"] == f"stations/{STATION}"
    assert "罗汉洞乡" in overview.facts.inner_text()
    watched.assert_quiet()


def test_clicking_the_ground_tells_cell_and_posts(address: str, sample_place: Path, watched: Watched) -> None:
    overview = Overview(watched.page).open(address)
    overview.click_at(*TOWN)
    overview.facts.get_by_text("分析单元").first.wait_for()
    lat, lon = map(float, overview.asked["at"].split(","))
    assert (lon, lat) == pytest.approx(TOWN, abs=0.004)
    facts = spot_facts(open_atlas(sample_place), lon, lat)
    text = overview.facts.inner_text()
    assert facts.cell is not None
    assert facts.nearest is not None
    assert len(facts.grids) == 4
    for grid in facts.grids:
        assert grid.name in text
        assert (grid.post or "未知") in text
    assert facts.nearest.name in text
    watched.page.get_by_role("button", name="关闭").click()
    overview.page.locator(".yitu-facts.empty").wait_for()
    assert "at" not in overview.asked
    watched.assert_quiet()


def test_moving_the_map_asks_the_page_for_nothing(address: str, watched: Watched) -> None:
    sent: list[object] = []

    def heard(frame: object) -> None:
        sent.append(frame)

    watched.page.on("websocket", lambda socket: socket.on("framesent", heard))
    overview = Overview(watched.page).open(address)
    before, view = len(sent), overview.asked["map"]
    box = overview.map.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    watched.page.mouse.move(*middle)
    watched.page.mouse.down()
    watched.page.mouse.move(middle[0] + 120, middle[1] + 40, steps=6)
    watched.page.mouse.up()
    watched.page.wait_for_timeout(1500)
    overview.frame.locator(".leaflet-control-zoom-in").click()
    watched.page.wait_for_timeout(1500)
    assert overview.asked["map"] != view
    assert len(sent) == before
    watched.assert_quiet()


def test_filters_change_the_map_without_drawing_it_anew(address: str, watched: Watched) -> None:
    overview = Overview(watched.page).open(address)
    frame = overview.map_frame()
    frame.evaluate("() => { window.stillHere = true; }")
    watched.page.get_by_role("combobox", name=re.compile("驿站类型")).click()
    watched.page.get_by_role("option", name="服务点").click()
    watched.page.keyboard.press("Escape")
    overview.frame.locator(f".yitu-pin:has([data-id={STATION}])").wait_for()
    watched.page.wait_for_url("**stations=service_point**")
    overview.wait()
    assert overview.legend("stations") == ["服务点", "空心：未运营"]
    assert overview.frame.locator(".yitu-pin:has([data-id=JC-Z009])").count() == 0
    assert frame.evaluate("() => window.stillHere") is True
    watched.assert_quiet()
