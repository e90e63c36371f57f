from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from PIL import Image

from dashboard.app import app
from dashboard.place import PLACE_VARIABLE
from planning.atlas import open_atlas
from tests.dashboard.serving_app import serving_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planning.atlas import Atlas
    from tests.dashboard.serving_app import Served


@pytest.fixture(scope="module")
def atlas(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture(scope="module")
def served(sample_place: Path) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch, serving_app(app) as server:
        patch.setenv(PLACE_VARIABLE, str(sample_place))
        yield server


def test_the_part_in_sight_comes_as_a_picture(served: Served, atlas: Atlas) -> None:
    address = (
        f"/map/{atlas.build_id}/picture.png?layers=stations,cells,none&bounds=107.2,35.2,107.5,35.4&measure=people"
    )
    answer = served.ask(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert "泾川县" in unquote(answer.headers["content-disposition"])
    assert Image.open(io.BytesIO(answer.body)).size == (1600, 1100)
    assert answer.body != served.ask(f"/map/{atlas.build_id}/picture.png?layers=stations").body


def test_filters_and_language_reach_the_page(served: Served, atlas: Atlas) -> None:
    address = f"/map/{atlas.build_id}/page.html?layers=stations&stations.tier=service_point&lang=en"
    page = served.ask(address).body.decode()
    assert "service point" in page
    written = json.dumps(page)  # in the page, names stand as JavaScript writes them
    assert r"\u7f57\u6c49\u6d1e" in page or "罗汉洞" in page, written[:200]
    assert r"\u57ce\u5173\u7ea2\u8272" not in page
    assert "城关红色" not in page


@pytest.mark.parametrize(
    "asked",
    ["bounds=1,2", "bounds=nan,1,2,3", "bounds=9,9,1,1", "layers=../..", "stations.tier=' or 1=1", "measure=x", "nothing.here=1"],
)  # fmt: skip
def test_what_means_nothing_is_passed_over(served: Served, atlas: Atlas, asked: str) -> None:
    assert served.ask(f"/map/{atlas.build_id}/picture.png?{asked.replace(' ', '%20')}").status == 200


def test_an_unknown_build_or_language_has_none(served: Served, atlas: Atlas) -> None:
    for address in ("/map/nothing/page.html", f"/map/{atlas.build_id}/picture.png?lang=fr"):
        answer = served.ask(address)
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
