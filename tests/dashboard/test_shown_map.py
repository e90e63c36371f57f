from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.layers import LAYERS
from dashboard.shown_map import MapView

if TYPE_CHECKING:
    from collections.abc import Callable

HEIGHT_PX = 620


def asking_page() -> None:
    """What the address says of the map."""
    import streamlit as st  # noqa: PLC0415

    from dashboard.shown_map import shown_extent, shown_layers, shown_view  # noqa: PLC0415

    view, extent = shown_view(), shown_extent(620)
    st.session_state["told"] = (shown_layers(), view and (view.zoom, view.lat, view.lon), extent and extent.sides)


@pytest.fixture
def told() -> Callable[..., Any]:
    def asked(**params: str) -> Any:
        app = AppTest.from_function(asking_page)
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app.session_state["told"]

    return asked


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        (None, ["stations"]),
        ("", []),
        ("grids,stations", ["grids", "stations"]),
        ("stations,none,,<b>,cells", ["stations", "cells"]),
        ("Stations", []),
    ],
)
def test_the_layers_are_those_of_the_address_or_those_on_from_the_start(
    told: Callable[..., Any], text: str | None, layers: list[str]
) -> None:
    assert told(**({} if text is None else {"layers": text}))[0] == layers
    assert [layer.name for layer in LAYERS.values() if layer.is_on] == ["stations"]


@pytest.mark.parametrize(
    "text",
    [
        "", "12", "12/35", "12/35/107/1", "a/b/c", "99/35/107", "-1/35/107", "12/86/107", "12/35/181", "nan/35/107",
        "12/nan/107", "12/35/inf", "12/35/-inf", "12/35/107,1", "//", "12/35/１０７°",
    ],
)  # fmt: skip
def test_what_cannot_be_a_view_is_none(told: Callable[..., Any], text: str) -> None:
    assert told(map=text)[1:] == (None, None)


def test_a_view_is_taken_as_the_browser_writes_it(told: Callable[..., Any]) -> None:
    _, view, sides = told(map="12/35.31000/107.47000")
    assert view == (12, 35.31, 107.47)
    assert sides == MapView(12, 35.31, 107.47).extent(HEIGHT_PX).sides


@pytest.mark.parametrize("zoom", [5, 9.5, 12, 18])
@pytest.mark.parametrize("lat", [-50.0, 0.0, 35.3, 60.0])
def test_the_box_of_a_view_is_what_a_map_of_that_height_shows(zoom: float, lat: float) -> None:
    extent = MapView(zoom, lat, 107.4).extent(HEIGHT_PX)
    west, south, east, north = extent.sides
    world_px = 256 * 2**zoom
    assert extent.centre == pytest.approx((107.4, lat))
    assert (east - west) / 360 * world_px == pytest.approx(HEIGHT_PX * 1.45)
    rise = [math.asinh(math.tan(math.radians(one))) for one in (south, north)]
    assert (rise[1] - rise[0]) / (2 * math.pi) * world_px == pytest.approx(HEIGHT_PX, rel=0.03)
