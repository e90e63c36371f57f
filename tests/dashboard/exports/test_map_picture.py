from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from dashboard.exports.map_picture import map_picture
from dashboard.kind_colours import kind_colour
from dashboard.palette import sequential
from dashboard.pictures import fonts
from dashboard.pictures.furniture import round_length_m
from dashboard.pictures.looks import LOOKS
from dashboard.pictures.map_frame import plain
from dashboard.tiles.cell_pictures import drawn_cells
from planning.ground import MapExtent
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.palette import Theme
    from planning.atlas import Atlas

LAYERS = ("stations", "resources", "grids", "requests", "repair_shops", "incidents", "places", "enterprises", "routes")


def colours(content: bytes) -> set[str]:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    found = np.unique(np.asarray(picture).reshape(-1, 3), axis=0)
    return {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in found.tolist()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_its_size_its_ground_and_the_colours_of_its_legend(sample: Atlas, theme: Theme) -> None:
    content = map_picture(sample, None, ("stations",), measure="drivers", theme=theme, width_px=1000, height_px=700)
    assert Image.open(io.BytesIO(content)).size == (1000, 700)
    found = colours(content)
    assert {LOOKS[theme].page, LOOKS[theme].around} <= found
    assert {kind_colour("stations", tier, 0, theme) for tier in ("red_station", "service_station")} <= found
    classes = drawn_cells(sample, "drivers").classes(theme)
    assert set(classes.colours) <= found
    assert set(classes.colours) <= set(sequential(theme, len(classes.colours)))


def test_the_same_build_and_choice_make_the_same_bytes(sample: Atlas) -> None:
    once, again = (map_picture(sample, None, ("stations", "requests"), measure="people") for _ in range(2))
    assert once == again


def test_filters_take_kinds_out_of_the_picture(sample: Atlas) -> None:
    red = kind_colour("stations", "red_station", 0)
    chosen = {"stations": {"tier": ["service_station"]}}
    assert red in colours(map_picture(sample, None, ("stations",)))
    assert red not in colours(map_picture(sample, None, ("stations",), filters=chosen))


def test_every_layer_draws_and_a_part_is_another_picture(sample: Atlas) -> None:
    whole = map_picture(sample, None, LAYERS)
    part = map_picture(sample, MapExtent(107.3, 35.3, 107.42, 35.36), LAYERS, measure="drivers")
    assert whole != part
    assert len(colours(part)) > 100


def test_hostile_texts_are_drawn_as_text(hostile: Atlas) -> None:
    assert len(map_picture(hostile, None, ("stations", "requests"))) > 20_000
    assert plain("a\nb\u202e\x00 $x^{2}$") == "a b $x^{2}$"
    assert len(plain("长" * 500)) == 60


def test_a_picture_of_no_sane_size_is_refused(sample: Atlas) -> None:
    with pytest.raises(Refusal):
        map_picture(sample, None, (), width_px=50_000)


def test_without_the_font_the_next_command_is_named(
    sample: Atlas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fonts.font.cache_clear()
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(Refusal, match="make run"):
        map_picture(sample, None, ())
    fonts.font.cache_clear()


@pytest.mark.parametrize(("longest_m", "expected_m"), [(12_345, 10_000), (9_999, 5_000), (2_000, 2_000), (0.7, 0.5)])
def test_the_scale_is_round(longest_m: float, expected_m: float) -> None:
    assert round_length_m(longest_m) == pytest.approx(expected_m)
