"""An office's own tiles under the map, as they are or shifted to GCJ-02."""

from __future__ import annotations

import json
import struct
import threading
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from etl.datum import from_wgs84, to_wgs84
from tests.browser.overview import Overview
from tests.browser.serving import ROOT, serving
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COLOUR = (200, 230, 190)
STATION = (107.36, 35.33)
EDGE_DEG = 0.05  # at the end of the shift it is not continuous
ATTRIBUTION = "某某地图 <img src=x onerror=alert(1)>"
# Where a position would lie on a plain map of the same view.
PLAIN_PIXEL = """([lat, lon]) => {
    const map = window.map;
    const point = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), map.getZoom());
    const { x, y } = point.subtract(map.getPixelOrigin()).add(map._getMapPanePos());
    return [x, y];
}"""
OWN_PIXEL = "([lat, lon]) => { const { x, y } = window.map.latLngToContainerPoint([lat, lon]); return [x, y]; }"
PLAIN_POSITION = """([x, y]) => {
    const map = window.map;
    const point = L.point(x, y).subtract(map._getMapPanePos()).add(map.getPixelOrigin());
    const { lat, lng } = L.CRS.EPSG3857.pointToLatLng(point, map.getZoom());
    return [lng, lat];
}"""


def picture() -> bytes:
    """A tile of one colour."""
    rows = b"".join(b"\0" + bytes(COLOUR) * 256 for _ in range(256))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@contextmanager
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Its address and the paths that it was asked for."""
    asked: list[str] = []
    tile = picture()

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(tile)))
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Tiles) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = SmallPlace(tmp_path_factory.mktemp("tiles") / "place")
    rows: list[list[object]] = [
        ["编号", "站名", "类型", "状态", "经度", "纬度"],
        ["S1", "中心驿站", "服务站", "运营", *STATION],
    ]
    place.add("stations", "stations.csv", rows).build()
    return place.folder


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as served:
        yield served


@pytest.fixture(scope="module")
def tiles() -> Iterator[tuple[str, list[str]]]:
    with tile_server() as served:
        yield served


def set_tiles(place: Path, tiles: str, datum: str) -> None:
    url = json.dumps(f"{tiles}/{datum}/{{z}}/{{x}}/{{y}}.png")
    text = f'[tiles]\nurls = [{url}]\nattribution = "{ATTRIBUTION}"\ndatum = "{datum}"\n'
    (place / "map.toml").write_text(text, "utf-8")


def opened(watched: Watched, address: str, zoom: int) -> tuple[Overview, list[str], Any]:
    """The map around the station, what our own server was asked for, and the frame that it is drawn in."""
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url) if request.url.startswith(address) else None)
    lon, lat = STATION
    overview = Overview(watched.page).open(f"{address}/?layers=stations,cells&map={zoom}/{lat:.5f}/{lon:.5f}")
    return overview, asked, overview.map_frame()


def pin_tip(overview: Overview) -> tuple[float, float]:
    pin, box = overview.frame.locator(".yitu-pin").bounding_box(), overview.map.bounding_box()
    assert pin is not None
    assert box is not None
    return pin["x"] + pin["width"] / 2 - box["x"], pin["y"] + pin["height"] - box["y"]


def clicked_position(overview: Overview, x: int, y: int) -> tuple[float, float]:
    overview.map.click(position={"x": x, "y": y})
    overview.facts.get_by_text("WGS-84").first.wait_for()
    lat, lon = map(float, overview.asked["at"].split(","))
    return lon, lat


def shifted(datum: str, lon: float, lat: float) -> tuple[float, float]:
    moved = from_wgs84(lon, lat, datum)
    return float(moved[0]), float(moved[1])


@pytest.mark.parametrize("datum", ["gcj02", "wgs84"])
def test_our_data_lie_on_the_tiles_where_they_belong(
    address: str, place: Path, tiles: tuple[str, list[str]], watched_page: Callable[[], Watched], datum: str
) -> None:
    set_tiles(place, tiles[0], datum)
    watched = watched_page()
    overview, asked, frame = opened(watched, address, 12)
    assert [path for path in tiles[1] if path.startswith(f"/{datum}/12/")]
    # The cells lie over the tiles, and all is unknown: look where the place has ended.
    assert overview.colours()[COLOUR] > 10_000
    credit = overview.frame.locator(".leaflet-control-attribution").inner_text()
    assert ATTRIBUTION in credit
    assert ("GCJ-02" in credit) == (datum == "gcj02")
    # Positions of spots all over the map, and the pin itself.
    for lon, lat in (STATION, (107.31, 35.29), (107.41, 35.37)):
        moved = shifted(datum, lon, lat)
        wanted = frame.evaluate(PLAIN_PIXEL, [moved[1], moved[0]])
        assert frame.evaluate(OWN_PIXEL, [lat, lon]) == pytest.approx(wanted, abs=0.5)
    moved = shifted(datum, *STATION)
    assert pin_tip(overview) == pytest.approx(frame.evaluate(PLAIN_PIXEL, [moved[1], moved[0]]), abs=0.5)
    cells = [url for url in asked if "/cells/" in url]
    assert cells
    for url in cells:
        assert parse_qs(urlsplit(url).query).get("datum") == (["gcj02"] if datum == "gcj02" else None)
    assert not [url for url in asked if "/base/" in url or "/labels/" in url]
    watched.assert_quiet()


@pytest.mark.parametrize("datum", ["gcj02", "wgs84"])
def test_a_click_gives_the_position_in_wgs_84(
    address: str, place: Path, tiles: tuple[str, list[str]], watched_page: Callable[[], Watched], datum: str
) -> None:
    set_tiles(place, tiles[0], datum)
    watched = watched_page()
    overview, _, frame = opened(watched, address, 18)
    moved = shifted(datum, *STATION)
    wanted = frame.evaluate(PLAIN_PIXEL, [moved[1], moved[0]])
    assert frame.evaluate(OWN_PIXEL, [STATION[1], STATION[0]]) == pytest.approx(wanted, abs=0.5)
    x, y = round(wanted[0]) + 160, round(wanted[1]) + 90
    lon, lat = frame.evaluate(PLAIN_POSITION, [x, y])
    back = to_wgs84(lon, lat, datum)
    assert clicked_position(overview, x, y) == pytest.approx((float(back[0]), float(back[1])), abs=1e-5)
    watched.assert_quiet()


@pytest.fixture
def formulas(watched_page: Callable[[], Watched]) -> Page:
    page = watched_page().page
    page.add_script_tag(content=(ROOT / "dashboard" / "browser" / "yitu_datum.js").read_text("utf-8"))
    return page


def test_the_formulas_of_the_browser_are_those_of_the_build(formulas: Page) -> None:
    dice = np.random.default_rng(11)
    lon, lat = dice.uniform(69, 141, 700), dice.uniform(-1, 58, 700)
    is_far_from_edge = np.ones(700, dtype=bool)
    for values, edges in ((lon, (72.004, 137.8347)), (lat, (0.8293, 55.8271))):
        for edge in edges:
            is_far_from_edge &= np.abs(values - edge) > EDGE_DEG
    lon, lat = lon[is_far_from_edge][:500], lat[is_far_from_edge][:500]
    assert len(lon) == 500
    spots = np.column_stack([lon, lat]).tolist()
    for name, there, exact_deg in (("toGcj02", from_wgs84, 1e-9), ("fromGcj02", to_wgs84, 1e-7)):
        found = np.array(formulas.evaluate(f"spots => spots.map(([lon, lat]) => yitu.{name}(lon, lat))", spots))
        wanted = np.column_stack(there(lon, lat, "gcj02"))
        assert np.abs(found - wanted).max() < exact_deg
        assert np.abs(found - spots).max() > 1e-3
