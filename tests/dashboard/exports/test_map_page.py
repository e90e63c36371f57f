from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.exports import map_page as module
from dashboard.exports.map_page import LARGEST_BYTES, map_page
from dashboard.exports.page_cells import cells_picture
from dashboard.outside_loads import outside_loads
from dashboard.tiles.cell_pictures import drawn_cells
from dashboard.tiles.palette_png import rgba
from tests.dashboard.exports.conftest import HOSTILE
from wording import Refusal

if TYPE_CHECKING:
    from planning.atlas import Atlas

LAYERS = ("stations", "resources", "grids", "requests", "repair_shops", "incidents", "places", "enterprises", "routes")


def test_it_links_to_nothing_outside_and_stays_small(sample: Atlas) -> None:
    page = map_page(sample, LAYERS, measure="drivers", title="泾川")
    assert outside_loads(page) == []
    assert {*re.findall(r"https?://[^\"' )<]*", page)} <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"(src|href)=[\"'](?!data:)[^\"'#]", page)
    assert len(page.encode()) <= LARGEST_BYTES
    for words in ("<h1>泾川</h1>", "示例数据", json.dumps("城关镇")[1:-1], sample.build_id):
        assert words in page


def test_no_text_of_a_file_reaches_it_as_html_or_script(hostile: Atlas) -> None:
    page = map_page(hostile, ("stations", "requests"), title="<script>alert(2)</script>${1}")
    for text in HOSTILE:
        if len(text) > 1 and set(text) & set("<`$"):
            assert text not in page
    assert "<script>alert" not in page
    assert "${alert" not in page
    assert "&#60;script&#62;alert(2)" in page


def test_a_page_that_would_be_too_large_is_coarser_and_then_refused(
    sample: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = map_page(sample, ("requests", "routes"))
    monkeypatch.setattr(module, "LARGEST_BYTES", len(fine.encode()) * 2 // 3)
    assert len(map_page(sample, ("requests", "routes")).encode()) <= module.LARGEST_BYTES
    monkeypatch.setattr(module, "LARGEST_BYTES", 1000)
    with pytest.raises(Refusal, match="GeoPackage"):
        map_page(sample, ("requests",))


def test_the_picture_of_the_cells_lies_where_the_cells_are(sample: Atlas) -> None:
    """Middles of cells, projected by another way, have the colours of their classes."""
    cells = drawn_cells(sample, "drivers")
    picture, box = cells_picture(cells, "light")
    level, classes = cells.levels[0], cells.classes("light")
    rows, columns = np.nonzero((level.indices >= 3) & ~level.is_hatched)
    size_m = cells.lattice.cell_size_m
    lon, lat = cells.lattice.projection.inverse((columns + cells.i0 + 0.5) * size_m, (rows + cells.j0 + 0.5) * size_m)
    height, width, _ = picture.shape
    north, south = (np.log(np.tan(np.pi / 4 + np.radians(edge) / 2)) for edge in (box.north, box.south))
    down = (north - np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))) / (north - south) * height
    across = (lon - box.west) / (box.east - box.west) * width
    seen = picture[down.astype(int), across.astype(int)]
    expected = [rgba(classes.colours[index - 3]) for index in level.indices[rows, columns]]
    assert len(rows) > 50
    assert seen.tolist() == [list(colour) for colour in expected]
