"""Maps in a notebook without the internet: Leaflet is written into the map, and the ground is the place's own."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import shapely
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from planning.ground import MapExtent, ground, place_boundary
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from planning.atlas import Atlas

_HERE = Path(__file__).parent
VENDOR = _HERE.parent / "dashboard" / "static" / "vendor"
_LEAFLET = "leaflet@*"
_PICTURE = re.compile(r"url\([^)]*\)")  # signs of controls that these maps don't have
_ITS_SITE = "https://leafletjs.com"
_STYLE = (
    "html,body{height:100%;margin:0}.leaflet-container{background:#eceeee;font:13px sans-serif}"
    ".leaflet-tooltip b,.leaflet-tooltip div{white-space:nowrap}"
    ".yitu-legend{background:rgba(255,255,255,.92);padding:6px 10px;border-radius:4px;line-height:1.7}"
    ".yitu-legend i{display:inline-block;width:12px;height:12px;margin-right:6px;border-radius:2px}"
)
_GROUND = {
    "around": {"color": "#c9ced2", "weight": 1, "fillColor": "#eceeee", "fillOpacity": 1},
    "land": {"color": "#4a5a68", "weight": 1.6, "fillColor": "#fbfaf6", "fillOpacity": 1},
    "rivers": {"color": "#a9cfe6", "weight": 1.6},
    "roads": {"color": "#d3d7da", "weight": 1},
    "main_roads": {"color": "#e8b06a", "weight": 2.2},
}
_MAIN = {"expressway", "first"}
_WIDTH_PX = 900
# Signs that would end a script, begin a tag, or be filled in by folium, which reads what it has written once more.
_HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'`{}"})
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_STEP_DEG = 1e-5  # about a metre


class _OfflineMap(folium.Map):
    """A map that names no script: they stand in its head."""

    default_js = []  # noqa: RUF012  (declared so by folium)
    default_css = []  # noqa: RUF012


class _Head(Element):
    """What stands in the head as it is, and is not read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Call(MacroElement):
    """One function of `offline_map.js`, with what it is told."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            offlineMap.{{ this.does }}({{ this._parent.get_name() }}, {{ this.told }});
        {% endmacro %}
        """
    )

    def __init__(self, does: str, told: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "Call"
        self.does, self.told = does, _as_literal(told)


def place_map(atlas: Atlas, *, around: gpd.GeoDataFrame | None = None, height_px: int = 480) -> folium.Map:
    """A map of the place, or of what lies around these shapes: counties, rivers, roads."""
    boundary = place_boundary(atlas)
    shown = MapExtent.of(boundary if around is None else shapely.box(*around.total_bounds))
    lon, lat = shown.centre
    drawn = _OfflineMap([lat, lon], tiles=None, prefer_canvas=True, max_zoom=19, attribution_control=False)
    frame = Figure(height=f"{height_px}px")
    frame.header.add_child(_Head(_head()), name="leaflet")
    frame.add_child(drawn)
    under = ground(atlas, MapExtent.of(boundary, margin=0.25), shown.zoom_for(_WIDTH_PX))
    _add_ground(drawn, "around", [one.shape for one in under.neighbours])
    _add_ground(drawn, "land", [boundary])
    _add_ground(drawn, "rivers", [one.shape for one in under.rivers])
    _add_ground(drawn, "roads", [one.shape for one in under.routes if one.kind not in _MAIN])
    _add_ground(drawn, "main_roads", [one.shape for one in under.routes if one.kind in _MAIN])
    credits_due = [f"© {row['publisher']}" for row in atlas.query("map_credits").to_pylist()]
    drawn.add_child(_Call("furnish", {"credits": credits_due}))
    drawn.fit_bounds([[shown.south, shown.west], [shown.north, shown.east]])
    return drawn


def add_shapes(
    drawn: folium.Map,
    shapes: gpd.GeoDataFrame,
    colours: str | pd.Series[str],
    *,
    told: pd.DataFrame | None = None,
    names: pd.Series[str] | None = None,
    radius_px: float = 4,
    line_px: float = 2,
    fill: float = 0.6,
) -> None:
    """Shapes in one colour or one each; `told` is said under the pointer, `names` stand on the map."""
    placed = shapes[~(shapes.geometry.isna() | shapes.geometry.is_empty)]
    own = {key: _style(colours if isinstance(colours, str) else colours[key], radius_px, line_px, fill)
           for key in placed.index}  # fmt: skip
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {
                "style": own[key],
                "lines": [] if told is None else [[heading, str(told.loc[key, heading])] for heading in told.columns],
                "name": None if names is None else str(names[key]),
            },
        }
        for key, shape in zip(placed.index, _drawn(placed.geometry.to_numpy()), strict=True)
    ]
    drawn.add_child(_Call("shapes", {"type": "FeatureCollection", "features": features}))


def add_legend(drawn: folium.Map, entries: Mapping[str, str]) -> None:
    """What each colour means: label by label."""
    drawn.add_child(_Call("legend", list(entries.items())))


def _as_literal(told: object) -> str:
    return _TEXT.sub(lambda text: text[0].translate(_HARMLESS), json.dumps(told, allow_nan=False))


def _add_ground(drawn: folium.Map, part: str, shapes: list[Any]) -> None:
    features = [{"type": "Feature", "geometry": one, "properties": {"style": _GROUND[part]}} for one in _drawn(shapes)]
    drawn.add_child(_Call("ground", {"type": "FeatureCollection", "features": features}))


def _style(colour: str, radius_px: float, line_px: float, fill: float) -> dict[str, Any]:
    return {"color": colour, "fillColor": colour, "weight": line_px, "radius": radius_px, "fillOpacity": fill}


def _drawn(shapes: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (an array of shapes)
    rounded = shapely.set_precision(shapes, _STEP_DEG, mode="pointwise")
    return [json.loads(text) for text in shapely.to_geojson(rounded)]


@cache
def _head() -> str:
    folder = next(iter(sorted(VENDOR.glob(_LEAFLET))), None)
    if folder is None:
        raise Refusal("The browser files of the maps are missing ({file}). Run `make run` once.", file="leaflet.js")
    script = (folder / "leaflet.js").read_text("utf-8").replace(_ITS_SITE, "")
    style = _PICTURE.sub("none", (folder / "leaflet.css").read_text("utf-8")) + _STYLE
    own = (_HERE / "offline_map.js").read_text("utf-8")
    return f"<style>{style}</style><script>{script}</script><script>{own}</script>"
