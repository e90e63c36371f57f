from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import UndefinedError

from dashboard.html_text import escaped
from dashboard.offline_assets import blank_map, localise
from dashboard.vendor_files import FOLDER
from tests.browser.map_sinks import AT, PAYLOADS, SINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

localise()

ORIGIN = "http://127.0.0.1:9"
VENDOR = f"{ORIGIN}/assets/vendor/"
WITHOUT_LAYER = {"html of the map", "FeatureGroup, name"}
COUNT_HITS = "window.hits = 0; window.hit = () => { window.hits += 1; };"
# Opens all that opens at a click or under the mouse, and follows links that would run something.
OPEN_ALL = """() => {
    const map = Object.values(window).find((one) => one instanceof L.Map);
    const layers = Object.values(map._layers);
    layers.forEach((layer) => layer.fire && layer.fire("click", {latlng: map.getCenter(), layer: layer}));
    for (const layer of layers) {
        if (layer.getTooltip && layer.getTooltip()) layer.openTooltip(map.getCenter());
        if (layer.getPopup && layer.getPopup()) layer.openPopup(map.getCenter());
        document.querySelectorAll("a[href^='javascript:' i]").forEach((link) => link.click());
    }
    return layers.length;
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    context.add_init_script(COUNT_HITS)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()


def html_of(sink: str, text: str) -> str:
    drawn = blank_map(*AT, 9)
    SINKS[sink](drawn, text)
    rendered: str = drawn.get_root().render()
    return rendered


def hits(page: Page, sink: str, text: str) -> tuple[int, int]:
    """How often a text on a map has run something or asked another host, and how many layers were opened."""
    asked = []
    try:
        rendered = html_of(sink, text)
    except UndefinedError:
        return 1, 0  # run by Jinja already, in our own process

    def answer(route: Route) -> None:
        url = route.request.url
        if url == f"{ORIGIN}/component/map/index.html":
            route.fulfill(body=rendered, content_type="text/html; charset=utf-8")
        elif url.startswith(VENDOR):
            route.fulfill(path=FOLDER / url.removeprefix(VENDOR))
        else:
            if not url.startswith(ORIGIN):
                asked.append(url)
            route.fulfill(status=404)

    page.unroute("**/*")
    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/component/map/index.html")
    opened = page.evaluate(f"() => window.L ? ({OPEN_ALL})() : 0") if has_map(page) else 0
    page.wait_for_timeout(40)
    return page.evaluate("window.hits") + len(asked), opened


def has_map(page: Page) -> bool:
    found: bool = page.evaluate("() => Boolean(window.L && Object.values(window).find((one) => one instanceof L.Map))")
    return found


@pytest.mark.parametrize("sink", SINKS)
def test_an_escaped_text_runs_nowhere_on_a_map(sink: str, page: Page) -> None:
    found = {payload: hits(page, sink, str(escaped(payload))) for payload in PAYLOADS}
    assert {payload: count for payload, (count, _) in found.items() if count} == {}
    assert all(layers for _, layers in found.values()) or sink in WITHOUT_LAYER


@pytest.mark.parametrize("sink", SINKS)
def test_the_same_text_does_run_where_it_is_not_escaped(sink: str, page: Page) -> None:
    assert any(hits(page, sink, payload)[0] for payload in PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_each_text_runs_somewhere_where_it_is_not_escaped(payload: str, page: Page) -> None:
    assert any(hits(page, sink, payload)[0] for sink in SINKS)


def test_the_map_shows_what_the_file_says(page: Page) -> None:
    text = "G70 <福银高速> & `老王` ${x} {y} \\ \"z\" 'w'"
    assert hits(page, "Popup", str(escaped(text)))[0] == 0
    assert page.locator(".leaflet-popup-content").inner_text() == text
