"""Maps within Streamlit, as the pages draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

APP = """
import streamlit as st
from starlette.middleware import Middleware
from dashboard.asset_routes import ASSET_ROUTES
from dashboard.host_guard import HostGuard
app = st.App("script.py", routes=ASSET_ROUTES, middleware=[Middleware(HostGuard)])
"""

SCRIPT = """
import folium
from branca.colormap import LinearColormap
from folium import plugins
from streamlit_folium import st_folium
from dashboard.offline_assets import blank_map, localise

localise()
drawn = blank_map(35.3, 107.4, 12)
points = [[35.3, 107.4], [35.31, 107.41], [35.3001, 107.4001]]
folium.Marker([35.28, 107.38], tooltip="one", popup="two").add_to(drawn)
plugins.MarkerCluster(points).add_to(drawn)
plugins.FastMarkerCluster([[35.33, 107.44]]).add_to(drawn)
plugins.HeatMap(points).add_to(drawn)
plugins.Draw().add_to(drawn)
plugins.Fullscreen().add_to(drawn)
left, right = (folium.TileLayer("data:image/png;base64,", attr=side).add_to(drawn) for side in ("left", "right"))
plugins.SideBySideLayers(left, right).add_to(drawn)
LinearColormap(["white", "blue"], vmin=0, vmax=1, caption="heat").add_to(drawn)
st_folium(drawn, key="map", height=500, width=900, returned_objects=[])
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("app")
    (folder / "app.py").write_text(APP, "utf-8")
    (folder / "script.py").write_text(SCRIPT, "utf-8")
    with serving(folder, folder / "app.py") as served:
        yield served


def test_every_vendored_plugin_draws_in_the_frame(address: str, watched_page: Callable[[], Watched]) -> None:
    watched = watched_page()
    failed: list[str] = []
    watched.page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    watched.page.goto(address)
    frame = watched.page.frame_locator("iframe")
    for drawn in (
        "#map_div.leaflet-container",
        ".marker-cluster",
        ".leaflet-heatmap-layer",
        ".leaflet-draw-toolbar",
        ".fullscreen-icon",
        ".leaflet-sbs-range",
        ".legend .caption, svg.legend, .legend",
        ".leaflet-marker-icon[src*='/leaflet@1.9.4/images/marker-icon']",
    ):
        frame.locator(drawn).first.wait_for(state="attached", timeout=30_000)
    attribution = frame.locator(".leaflet-control-attribution")
    assert attribution.locator("a, svg").count() == 0
    assert "Leaflet" not in attribution.inner_text()
    assert failed == []
    watched.assert_quiet()
