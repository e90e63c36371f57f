"""The overview as a visitor uses it: waits, clicks and looks, and reads colours off the picture."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Frame, FrameLocator, Locator, Page

FRAME = "iframe[title*='st_folium']"
DRAWN_MS = 40_000


@dataclass
class Overview:
    """One page with its map."""

    page: Page

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator(FRAME)

    @property
    def map(self) -> Locator:
        return self.frame.locator("#map_div")

    @property
    def facts(self) -> Locator:
        return self.page.locator(".yitu-facts")

    @property
    def asked(self) -> dict[str, str]:
        """The parameters of the address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def open(self, address: str, width: int = 1440, height: int = 1900) -> Overview:
        """High enough that nothing has to be scrolled to."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(address)
        self.wait()
        return self

    def wait(self) -> None:
        """Until the map has its layers and no tile is on its way."""
        self.frame.locator(".yitu-panel").wait_for(timeout=DRAWN_MS)
        self.page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
        self.map_frame().wait_for_function(
            "() => window.map && window.map.yitu && window.map.yitu.specs.length > 0"
            " && document.querySelectorAll('.leaflet-tile-loaded').length > 0"
            " && Object.values(window.map._layers).every(one => !one.isLoading || !one.isLoading())"
        )
        self.page.wait_for_timeout(700)

    def map_frame(self) -> Frame:
        """The frame of the map in force: a page that runs again may take one away and bring another."""
        for _ in range(DRAWN_MS // 100):
            for frame in self.page.frames:
                if "st_folium" in frame.url:
                    return frame
            self.page.wait_for_timeout(100)
        raise AssertionError("the page has no map")

    def tick(self, layer: str, *, is_on: bool = True) -> None:
        self.frame.locator(f"[data-layer={layer}] input").set_checked(is_on)
        self.wait()

    def legend(self, layer: str) -> list[str]:
        return self.frame.locator(f"[data-layer={layer}] .yitu-legend div span").all_inner_texts()

    def click_at(self, lon: float, lat: float) -> None:
        """Click where a position is drawn."""
        self.map.click(position=self.pixel(lon, lat))

    def pixel(self, lon: float, lat: float) -> dict[str, float]:
        place = self.map_frame().evaluate("([lat, lon]) => window.map.latLngToContainerPoint([lat, lon])", [lat, lon])
        return {"x": place["x"], "y": place["y"]}

    def colours(self) -> Counter[tuple[int, int, int]]:
        """How many pixels of the map have each colour."""
        picture = Image.open(io.BytesIO(self.map.screenshot())).convert("RGB")
        pixels = np.asarray(picture).reshape(-1, 3)
        found, counts = np.unique(pixels, axis=0, return_counts=True)
        return Counter({tuple(map(int, colour)): int(count) for colour, count in zip(found, counts, strict=True)})


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
