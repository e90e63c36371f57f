"""Every place on a folium map where a text ends up, and texts that mean harm there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import folium.plugins

if TYPE_CHECKING:
    from collections.abc import Callable

AT = (35.3, 107.4)

PAYLOADS = (
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<img src=//evil.example/a.png>",
    "${hit()}",
    "`+hit()+`",
    "\"+hit()+\"><img src=x onerror='hit()'>",
    "<iframe src=javascript:parent.hit()>",
    "<svg onload=hit()>",
    "<a href=javascript:hit()>link</a>",
    "</script></style><script>hit()</script>",
    r"\u003cimg src=x onerror=hit()\u003e\x3cimg src=x onerror=hit()\x3e",
    "<details open ontoggle=hit()><summary>x",
    "{{hit()}}",
    "\u2028\u202e\uff1cimg\uff1e<iframe srcdoc='<script>parent.hit()</script>'>",
)


def _features(**properties: str) -> dict[str, Any]:
    outline = {"type": "Polygon", "coordinates": [[[107, 35], [108, 35], [108, 36], [107, 35]]]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": outline, "properties": properties}],
    }


def _geojson(drawn: folium.Map, **given: Any) -> None:
    folium.GeoJson(_features(name=given.pop("text", "x")), **given).add_to(drawn)


def _named_group(drawn: folium.Map, text: str) -> None:
    folium.FeatureGroup(name=text).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)


def _named_tiles(drawn: folium.Map, text: str) -> None:
    folium.TileLayer("/none/{z}/{x}/{y}.png", attr="a", name=text, overlay=True).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)


def _named_geojson(drawn: folium.Map, text: str) -> None:
    _geojson(drawn, name=text)
    folium.LayerControl(collapsed=False).add_to(drawn)


SINKS: dict[str, Callable[[folium.Map, str], Any]] = {
    "Popup": lambda drawn, text: folium.CircleMarker(AT, popup=folium.Popup(text)).add_to(drawn),
    "Popup, parsed": lambda drawn, text: folium.CircleMarker(AT, popup=folium.Popup(text, parse_html=True)).add_to(
        drawn
    ),
    "Popup, lazy": lambda drawn, text: folium.CircleMarker(AT, popup=folium.Popup(text, lazy=True)).add_to(drawn),
    "popup of a marker": lambda drawn, text: folium.Marker(AT, popup=text).add_to(drawn),
    "Tooltip": lambda drawn, text: folium.Marker(AT, tooltip=folium.Tooltip(text)).add_to(drawn),
    "tooltip of a circle": lambda drawn, text: folium.Circle(AT, radius=90, tooltip=text).add_to(drawn),
    "tooltip of a line": lambda drawn, text: folium.PolyLine([AT, (35.4, 107.5)], tooltip=text).add_to(drawn),
    "GeoJsonTooltip": lambda drawn, text: _geojson(drawn, text=text, tooltip=folium.GeoJsonTooltip(["name"])),
    "GeoJsonTooltip, alias": lambda drawn, text: _geojson(
        drawn, tooltip=folium.GeoJsonTooltip(["name"], aliases=[text])
    ),
    "GeoJsonPopup": lambda drawn, text: _geojson(drawn, text=text, popup=folium.GeoJsonPopup(["name"])),
    "GeoJsonPopup, alias": lambda drawn, text: _geojson(drawn, popup=folium.GeoJsonPopup(["name"], aliases=[text])),
    "DivIcon": lambda drawn, text: folium.Marker(AT, icon=folium.DivIcon(html=text)).add_to(drawn),
    "FeatureGroup, name": _named_group,
    "TileLayer, name": _named_tiles,
    "GeoJson, name": _named_geojson,
    "TileLayer, attribution": lambda drawn, text: folium.TileLayer("/none/{z}/{x}/{y}.png", attr=text).add_to(drawn),
    "html of the map": lambda drawn, text: drawn.get_root().html.add_child(folium.Element(f"<p>{text}</p>")),
}
