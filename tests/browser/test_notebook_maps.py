"""A notebook's map is drawn without the internet, and hostile names stay text."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planning.place_folder import PLACE_VARIABLE
from tests.notebooks.running import FOLDER, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}`{{ alert }}</script><script>alert(3)</script>"
SCRIPT = f"""
import sys
import pandas as pd
from offline_map import add_legend, add_shapes, place_map
from planning.atlas import open_atlas
from planning.features import features
from planning.frames import frame
from planning.place_folder import place_folder

hostile = {HOSTILE!r}
atlas = open_atlas(place_folder())
stations = frame(features(atlas, "stations"))
drawn = place_map(atlas)
words = pd.DataFrame({{"名称": hostile, hostile: hostile}}, index=stations.index)
add_shapes(drawn, stations, "#0b5c8f", told=words, radius_px=9)
add_shapes(drawn, stations.iloc[:1], "#0b5c8f", names=words["名称"])
add_legend(drawn, {{hostile: "#0b5c8f"}})
sys.stdout.write(drawn._repr_html_())
"""


@pytest.fixture(scope="module")
def shown(sample_place: Path) -> str:
    """What JupyterLab is given to show."""
    environment = {PLACE_VARIABLE: str(sample_place), "PYTHONPATH": f"{ROOT}:{FOLDER}", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_a_map_is_drawn_and_tells_hostile_names_as_text(
    shown: str, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    watched = watched_page()
    (tmp_path / "map.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{shown}", "utf-8")
    watched.page.goto((tmp_path / "map.html").as_uri())
    frame = watched.page.frame_locator("iframe")
    assert frame.locator(".leaflet-tooltip b").first.inner_text() == HOSTILE
    assert frame.locator(".yitu-legend span").inner_text() == HOSTILE
    box = frame.locator("canvas").first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert frame.locator("img, a[href^=http]").count() == 0
    assert watched.hosts == set()
    assert watched.complaints == []


def test_the_map_carries_its_scripts(shown: str) -> None:
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', shown)[1])  # type: ignore[index]
    assert "offlineMap.shapes(" in page
    assert re.findall(r"<(?:script|link)[^>]+(?:src|href)=", page) == []
