from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pytest
import streamlit_folium
from branca.colormap import LinearColormap
from folium.elements import JSCSSMixin

from dashboard.offline_assets import TO_VENDOR, blank_map, drawn_offline, localise, own_scripts
from dashboard.outside_loads import outside_loads
from dashboard.vendor_files import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

localise()

POINTS = [[35.3, 107.4], [35.31, 107.41]]


def side_by_side(drawn: folium.Map) -> None:
    left = folium.TileLayer("/left/{z}/{x}/{y}.png", attr="left").add_to(drawn)
    right = folium.TileLayer("/right/{z}/{x}/{y}.png", attr="right").add_to(drawn)
    folium.plugins.SideBySideLayers(left, right).add_to(drawn)


def popups(drawn: folium.Map) -> None:
    folium.CircleMarker(POINTS[0], popup=folium.Popup("a"), tooltip="b").add_to(drawn)
    folium.Marker(POINTS[1], icon=folium.DivIcon("c")).add_to(drawn)
    folium.LayerControl().add_to(drawn)


VENDORED: dict[str, Callable[[folium.Map], Any]] = {
    "nothing": lambda _drawn: None,
    "popups": popups,
    "MarkerCluster": lambda drawn: folium.plugins.MarkerCluster(POINTS).add_to(drawn),
    "FastMarkerCluster": lambda drawn: folium.plugins.FastMarkerCluster(POINTS).add_to(drawn),
    "VectorGridProtobuf": lambda drawn: folium.plugins.VectorGridProtobuf("/map/{z}/{x}/{y}.mvt").add_to(drawn),
    "HeatMap": lambda drawn: folium.plugins.HeatMap(POINTS).add_to(drawn),
    "Draw": lambda drawn: folium.plugins.Draw().add_to(drawn),
    "Fullscreen": lambda drawn: folium.plugins.Fullscreen().add_to(drawn),
    "SideBySideLayers": side_by_side,
    "colour scale": lambda drawn: LinearColormap(["white", "blue"], vmin=0, vmax=1).add_to(drawn),
}

FOREIGN: dict[str, Callable[[folium.Map], Any]] = {
    "MiniMap": lambda drawn: folium.plugins.MiniMap(folium.TileLayer("/x", attr="x")).add_to(drawn),
    "MousePosition": lambda drawn: folium.plugins.MousePosition().add_to(drawn),
    "AntPath": lambda drawn: folium.plugins.AntPath(POINTS).add_to(drawn),
    "Geocoder": lambda drawn: folium.plugins.Geocoder().add_to(drawn),
    "picture": lambda drawn: folium.CircleMarker(POINTS[0], popup="<img src='https://evil.example/a'>").add_to(drawn),
    "html": lambda drawn: drawn.get_root().html.add_child(folium.Element("<script src='//evil.example/a'></script>")),
}


def every_class() -> Iterator[type[JSCSSMixin]]:
    waiting = [JSCSSMixin]
    while waiting:
        found = waiting.pop().__subclasses__()
        waiting += found
        yield from (one for one in found if one.__module__.startswith("folium."))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What streamlit-folium hands to the browser."""
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(streamlit_folium, "_component_func", drawn_offline(lambda **given: kept.append(given)))
    return kept


@pytest.mark.parametrize("name", VENDORED)
def test_what_we_vendor_loads_only_our_files(name: str, sent: list[dict[str, Any]]) -> None:
    drawn = blank_map(35.3, 107.4, 12)
    VENDORED[name](drawn)
    assert outside_loads(drawn.get_root().render()) == []
    streamlit_folium.st_folium(drawn, returned_objects=[])
    links = [*sent[0]["js_links"], *sent[0]["css_links"]]
    assert len(links) == len(set(links)) >= 3
    for link in links:
        assert link.startswith(TO_VENDOR)
        assert (FOLDER / link.removeprefix(TO_VENDOR)).is_file()


@pytest.mark.parametrize("name", FOREIGN)
def test_what_would_load_from_outside_is_an_error_that_names_it(name: str, sent: list[dict[str, Any]]) -> None:
    drawn = blank_map(35.3, 107.4, 12)
    FOREIGN[name](drawn)
    with pytest.raises(ValueError, match=r"may not load from outside: .*//"):
        streamlit_folium.st_folium(drawn, returned_objects=[])
    assert sent == []


def test_what_is_added_to_a_map_later_is_looked_at_too(sent: list[dict[str, Any]]) -> None:
    group = folium.FeatureGroup()
    folium.CircleMarker(POINTS[0], tooltip='<img src="https://evil.example/a">').add_to(group)
    with pytest.raises(ValueError, match=r"evil\.example"):
        streamlit_folium.st_folium(blank_map(35.3, 107.4, 12), feature_group_to_add=group)
    assert sent == []


def test_the_real_component_is_guarded_once() -> None:
    before = streamlit_folium._component_func
    localise()
    assert streamlit_folium._component_func is before
    with pytest.raises(ValueError, match="from outside"):
        before(js_links=["https://evil.example/a.js"])


def test_each_class_of_folium_loads_ours_or_what_is_refused() -> None:
    ours = set()
    for drawn in every_class():
        links = [link for _, link in (*drawn.default_js, *drawn.default_css)]
        if any(link.startswith(TO_VENDOR) for link in links):
            assert all(link.startswith(TO_VENDOR) for link in links), drawn
            ours.add(drawn.__name__)
        else:
            assert all(link.startswith("https://") for link in links), drawn
    assert ours == {
        "Map", "MarkerCluster", "FastMarkerCluster", "VectorGridProtobuf", "HeatMap", "Draw", "Fullscreen", "SideBySideLayers",
    }  # fmt: skip


def test_the_d3_that_streamlit_folium_adds_is_ours_and_comes_once() -> None:
    added = ["https://any.example/d3.v4.min.js", "https://any.example/libs/d3/3.5.5/d3.min.js", "a.js"]
    assert own_scripts(added) == [f"{TO_VENDOR}d3@3.5.17/d3.min.js", "a.js"]


def test_folium_icon_says_what_to_use_instead() -> None:
    with pytest.raises(ValueError, match=r"folium\.DivIcon"):
        folium.Icon(color="red")


def test_a_blank_map_may_be_zoomed_and_names_nobody(sent: list[dict[str, Any]]) -> None:
    streamlit_folium.st_folium(blank_map(35.3, 107.4, 12, least_zoom=6), returned_objects=[])
    script = sent[0]["script"]
    for wanted in (
        '"maxZoom": 20',
        '"minZoom": 6',
        '"preferCanvas": true',
        "map_div.attributionControl.setPrefix(false)",
    ):
        assert wanted in script
