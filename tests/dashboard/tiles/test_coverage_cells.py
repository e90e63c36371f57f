from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from dashboard.class_breaks import FIRST
from dashboard.coverage_choice import CoverageChoice
from dashboard.layers.gaps import SHOWN
from dashboard.palette import BEYOND, WITHIN
from dashboard.place import PLACE_VARIABLE
from dashboard.routes import ROUTES
from dashboard.tiles.coverage_cells import coverage_cells, limits
from dashboard.tiles.tile_address import tile_holding
from planning.atlas import open_atlas
from planning.need import Need
from tests.dashboard.serving_app import Served, serving_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHOICE = CoverageChoice(30.0)


@pytest.fixture
def served(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv(PLACE_VARIABLE, str(sample_place))
    with serving_app(Starlette(routes=ROUTES)) as served:
        yield served


def test_the_class_of_each_cell_says_on_which_side_of_the_standard_it_lies(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    for choice in (CHOICE, CoverageChoice(17.0, Need(("umbrella",)))):
        found, drawn = choice.of(atlas), coverage_cells(atlas, choice)
        index = drawn.levels[0].indices[found.cells.square] - FIRST
        assert ((index < len(WITHIN["light"])) == found.is_covered).all()
        assert ((index == 5) == np.isinf(found.reach.cost)).all()
        near = found.reach.cost <= limits(choice.within)[0]
        assert ((index == 0) == near).all()
        hatched = drawn.levels[0].is_hatched[found.cells.square]
        assert (hatched == (found.may_be_covered & ~found.is_covered)).all()


def test_a_tile_shows_the_colours_of_its_cells(served: Served, sample_place: Path) -> None:
    build = open_atlas(sample_place).build_id
    x, y = tile_holding(107.35, 35.42, 10)
    answer = served.ask(f"/map/{build}/coverage/10/{int(x)}/{int(y)}.png?within=30")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    shown = {
        f"#{r:02x}{g:02x}{b:02x}"
        for r, g, b, a in Image.open(io.BytesIO(answer.body)).convert("RGBA").get_flattened_data()
        if a
    }
    assert shown & set(WITHIN["light"])
    assert shown & set(BEYOND["light"])
    other = served.ask(f"/map/{build}/coverage/10/{int(x)}/{int(y)}.png?within=12&needs=shower")
    assert other.body != answer.body


def test_the_outlines_of_the_worst_gaps(served: Served, sample_place: Path) -> None:
    build = open_atlas(sample_place).build_id
    answer = served.ask(f"/map/{build}/coverage/gaps.geojson?within=20&needs=shower")
    told = json.loads(answer.body)
    assert answer.status == 200
    assert 0 < len(told["features"]) <= SHOWN
    assert [one["properties"]["sign"] for one in told["features"]] == [str(n + 1) for n in range(len(told["features"]))]
    assert served.ask(f"/map/{build}/coverage/gaps.geojson?within=20&rank=area_km2").status == 200


@pytest.mark.parametrize("question", ["", "within=0", "within=30&needs=gold", "within=30&hour=99"])
def test_a_question_that_cannot_be_is_not_found(served: Served, sample_place: Path, question: str) -> None:
    build = open_atlas(sample_place).build_id
    assert served.ask(f"/map/{build}/coverage/10/816/403.png?{question}").status == 404
    assert served.ask(f"/map/{build}/coverage/gaps.geojson?{question}").status == 404
