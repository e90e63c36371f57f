"""Takes the pictures of the guide and of README anew: `python -m docs.pictures [name …]`, with the tests' Chromium.

They show the sample county, built twice so that figures have a trend, with two plans kept in it.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from etl.build import build_place
from planning.atlas import open_atlas
from planning.scenarios import save
from planning.siting.answer import answered
from planning.siting.question import usual_question
from tests.browser.conftest import ARGUMENTS
from tests.browser.overview import Overview
from tests.browser.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "data" / "sample"
FIRST_ROW = {"x": 15, "y": 52}  # of a table that is drawn on a canvas: the box that chooses it
SEARCHED_MS = 120_000


@dataclass(frozen=True)
class Picture:
    """A page at an address, as wide and high as the picture; with a table's first row chosen where it says so."""

    file: str
    address: str
    width: int = 1440  # the legend of the map is closed where there is less
    height: int = 1480
    is_first_row_chosen: bool = False
    has_map: bool = True
    waits_for: str = ""


PICTURES = (
    Picture("overview.png", "/?layers=stations,grids", height=1620),
    Picture("wall.png", "/?view=wall", width=1920, height=1080),
    Picture("coverage.png", "/coverage", height=1320, is_first_row_chosen=True),
    Picture("grids.png", "/grids", height=1300),
    Picture("data_health.png", "/data_health", height=1000, has_map=False),
    Picture("guide/freight_heat.png", "/freight_heat", height=1420),
    Picture("guide/siting.png", "/siting?new=3", height=1960, waits_for="[data-testid='stVegaLiteChart']"),
    Picture("guide/scenarios.png", "/scenarios"),
    Picture("guide/services.png", "/services", height=1150, has_map=False),
    Picture("guide/repair_clusters.png", "/repair_clusters", height=1290, is_first_row_chosen=True),
)


def main(asked: list[str]) -> None:
    """All of them, or those whose names are given."""
    with tempfile.TemporaryDirectory() as folder:
        place = sample_with_plans(Path(folder) / "place")
        with serving(place) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
            for picture in PICTURES:
                if not asked or Path(picture.file).stem in asked:
                    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
                    keep(taken(page, picture, address), HERE / picture.file)
                    sys.stdout.write(f"{picture.file}\n")
                    page.close()


def sample_with_plans(place: Path) -> Path:
    shutil.copytree(SAMPLE, place, ignore=shutil.ignore_patterns("snapshots", "scenarios"))
    for _ in range(2):
        build_place(place)
    atlas = open_atlas(place)
    save(answered(atlas, usual_question(atlas, new=None, budget_yuan=1_500_000.0)), "一百五十万元")
    save(answered(atlas, usual_question(atlas, new=3)), "三处新站")
    return place


def taken(page: Page, picture: Picture, address: str) -> bytes:
    shown = Overview(page)
    page.goto(address + picture.address)
    page.locator("h1").first.wait_for(timeout=SEARCHED_MS)
    if picture.waits_for:
        page.locator(picture.waits_for).first.wait_for(timeout=SEARCHED_MS)
    if picture.has_map:
        shown.wait()
    if picture.is_first_row_chosen:
        page.locator('[data-testid="stDataFrame"] canvas').first.click(position=FIRST_ROW, force=True)
        page.wait_for_timeout(3_000)
        shown.wait()
    page.wait_for_timeout(3_000)
    return page.screenshot()


def keep(picture: bytes, file: Path) -> None:
    """In 256 colours, which screens of text and flat colours do not miss."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
