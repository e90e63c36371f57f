"""The layers of a map page as GeoJSON: simplified, rounded, and with every text made harmless."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import shapely
from branca.element import MacroElement
from folium.template import Template

from dashboard.exports.feature_rows import batches, in_words, keys_of, row_title, shapes_of
from dashboard.html_text import escaped
from dashboard.kind_colours import kind_colour
from dashboard.pictures.feature_layers import by_openness
from dashboard.pictures.looks import road_width_pt
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.exports.kinds import Kind
    from dashboard.pictures.feature_layers import Layer
    from dashboard.pictures.looks import Look
    from planning.features import Features
    from planning.ground import Ground

_STEP_DEG = 1e-5  # about a metre
_LONGEST = 300
_RADIUS_PX = {"stations": 8, "resources": 5, "places": 3}
_SMALL_RADIUS_PX = 4
_LINES = {"routes", "rivers"}
_AREAS = {"grids", "grid_faults", "repair_clusters"}
# From the bottom up; the layers themselves lie above all three.
AREAS, CELLS, LINES = "areas", "cells", "lines"
_PANES = {AREAS: 310, CELLS: 320, LINES: 330}


@dataclass(frozen=True)
class Detail:
    """How much of the data a page carries: the zoom that the ground is drawn for, and what popups say."""

    zoom: int
    tolerance_deg: float
    has_all_columns: bool


def add_ground(page: folium.Map, ground: Ground, look: Look) -> None:
    """Counties around, the place, rivers, and roads by class; always there, and not in the list of layers."""
    for pane, height in _PANES.items():
        page.add_child(folium.map.CustomPane(pane, z_index=height))
    area = {"weight": 1, "color": look.neighbour_border, "fill": True, "fillColor": look.around, "fillOpacity": 1}
    _add(page, _collection([one.shape for one in ground.neighbours]), area, AREAS)
    land = {"stroke": False, "fill": True, "fillColor": look.land, "fillOpacity": 1}
    _add(page, _collection([ground.boundary]), land, AREAS)
    # Apart from its ground, so that the cells don't cover it.
    _add(page, _collection([ground.boundary]), {"weight": 2, "color": look.border, "fill": False}, LINES)
    rivers = {"weight": 2, "color": kind_colour("rivers", "", 0)}
    _add(page, _collection([one.shape for one in ground.rivers]), rivers, LINES)
    classes = sorted({one.kind or "" for one in ground.routes}, key=lambda one: (road_width_pt(one), one))
    for road_class in classes:
        shapes = [one.shape for one in ground.routes if (one.kind or "") == road_class]
        style = {"weight": 1.4 * road_width_pt(road_class), "color": kind_colour("routes", road_class, 0)}
        _add(page, _collection(shapes), style, LINES)


def add_layer(page: folium.Map, layer: Layer, detail: Detail) -> None:
    """One entry in the list of layers; a click shows the row."""
    group = folium.FeatureGroup(name=escaped(layer.title))
    # The smallest grids on top, so that a click finds them; the first kinds of all else.
    for kind in layer.kinds if layer.noun == "grids" else reversed(layer.kinds):
        headings = _headings(kind, detail)
        for part, is_hollow in by_openness(kind.features):
            rows = _rows(part, detail)
            if rows:
                style = _style(layer.noun, kind, is_hollow=is_hollow)
                drawn = _geojson({"type": "FeatureCollection", "features": rows}, style, layer.noun)
                fields = [_property(at) for at in range(len(headings))]
                drawn.add_child(folium.GeoJsonPopup(fields=fields, aliases=headings, labels=True, max_width=380))
                group.add_child(drawn)
    page.add_child(group)


def add_outline(page: folium.Map, shape: Any, edge: str) -> None:  # noqa: ANN401
    """One area by its edge alone."""
    _add(page, _collection([shape]), {"weight": 2, "color": edge, "fill": False}, AREAS)


def _headings(kind: Kind, detail: Detail) -> list[str]:
    if detail.has_all_columns:
        return [escaped(text) for text in (say("ID"), *(column.heading for column in kind.features.columns))]
    return [escaped(text) for text in (say("ID"), kind.features.title)]


def _property(at: int) -> str:
    """A name that the scripts of the page can write without quotes."""
    return f"v{at}"


def _rows(features: Features, detail: Detail) -> list[dict[str, Any]]:
    """Each row that has a position: its number, what it is called, and its values in words."""
    found: list[dict[str, Any]] = []
    words = [in_words(column) for column in features.columns]
    for batch in batches(features):
        columns = [batch.column(column.name).to_pylist() for column in features.columns]
        shapes = _drawn(shapes_of(batch), detail.tolerance_deg)
        for key, shape, *values in zip(keys_of(batch), shapes, *columns, strict=True):
            if shape is None:
                continue
            texts = [key or ""]
            if detail.has_all_columns:
                texts += [word(value) for word, value in zip(words, values, strict=True)]
            else:
                texts.append(row_title(features, key, values))
            properties = {_property(at): escaped(text[:_LONGEST]) for at, text in enumerate(texts)}
            found.append({"type": "Feature", "properties": properties, "geometry": shape})
    return found


def _drawn(shapes: Any, tolerance_deg: float) -> Iterator[dict[str, Any] | None]:  # noqa: ANN401
    simpler = shapely.simplify(shapes, tolerance_deg) if tolerance_deg else shapes
    rounded = shapely.set_precision(simpler, _STEP_DEG, mode="pointwise")
    for text in shapely.to_geojson(rounded).tolist():
        yield json.loads(text) if text else None


def _collection(shapes: Sequence[Any]) -> dict[str, Any]:
    """Shapes alone, already simplified for a zoom."""
    drawn = _drawn(np.array(shapes, dtype=object), 0)
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in drawn if shape]
    return {"type": "FeatureCollection", "features": features}


def _add(page: folium.Map, collection: dict[str, Any], style: dict[str, Any], pane: str) -> None:
    if collection["features"]:
        ground = _geojson(collection, {**style, "interactive": False}, "", is_listed=False)
        ground.options["pane"] = pane
        page.add_child(ground)


def _style(noun: str, kind: Kind, *, is_hollow: bool) -> dict[str, Any]:
    if noun in _LINES:
        return {"weight": 2 * road_width_pt(kind.code) if noun == "routes" else 3, "color": kind.colour}
    if noun == "grids":
        return {"weight": 1.2, "color": kind.colour, "fill": True, "fillOpacity": 0.02}
    if noun == "repair_clusters":
        return {"weight": 2, "color": kind.colour, "fill": True, "fillColor": kind.colour, "fillOpacity": 0.15}
    if is_hollow:
        return {"weight": 3, "color": kind.colour, "fill": True, "fillColor": "#ffffff", "fillOpacity": 0.95}
    return {"weight": 1, "color": "#ffffff", "fill": True, "fillColor": kind.colour, "fillOpacity": 0.95}


def _geojson(collection: dict[str, Any], style: dict[str, Any], noun: str, *, is_listed: bool = True) -> folium.GeoJson:
    radius_px = _RADIUS_PX.get(noun, _SMALL_RADIUS_PX)
    return folium.GeoJson(
        collection,
        style_function=lambda _feature: style,
        marker=folium.CircleMarker(radius=radius_px) if noun and noun not in {*_LINES, *_AREAS} else None,
        control=is_listed,
        smooth_factor=0.5,
    )


class Names(MacroElement):
    """The scale, and the names that stand on the map: text, latitude, longitude, and what it names."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.control.scale({imperial: false}).addTo({{ this._parent.get_name() }});
        for (const [text, lat, lon, kind] of {{ this.names|tojson }}) {
            const name = document.createElement("span");
            name.className = kind;
            name.textContent = text;
            const icon = L.divIcon({className: "yitu-label", iconSize: [0, 0], html: name});
            L.marker([lat, lon], {icon: icon, interactive: false, keyboard: false})
                .addTo({{ this._parent.get_name() }});
        }
        {% endmacro %}
        """
    )

    def __init__(self, names: Iterable[tuple[str, float, float, str]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "Names"
        self.names = [(text[:_LONGEST], lat, lon, kind) for text, lat, lon, kind in names]
