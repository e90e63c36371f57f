"""The map as folium draws it: a blank map, our own browser files, and what they are told."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.html_text import escaped
from dashboard.map_colours import GROUND, roads
from dashboard.offline_assets import blank_map, vendor_link
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.office_tiles import OfficeTiles
    from planning.ground import MapExtent

_OWN_FILES = ("address", "datum", "labels", "base", "things", "hours", "freight", "panel", "map")
_CLUSTER = "leaflet.markercluster"


# Signs that would end a script, begin a tag, or be filled in by folium, which reads what it has written once more.
_HARMLESS = str.maketrans({sign: f"\\x{ord(sign):02x}" for sign in "<>&'`{}"})
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def as_literal(told: Spec) -> str:
    """As JavaScript reads it: text that looks like HTML is neither taken for it here nor by who looks for links."""
    return _TEXT.sub(
        lambda text: text[0].replace("\\\\", r"\x5c").translate(_HARMLESS), json.dumps(told, allow_nan=False)
    )


class MapFrame(JSCSSMixin, MacroElement):
    """Begins our own map on folium's: the ground, the panel, the memory of the view."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            yitu.begin({{ this._parent.get_name() }}, {{ this.frame }});
        {% endmacro %}
        """
    )
    default_js = [  # noqa: RUF012  (folium's own way)
        ("cluster", vendor_link(_CLUSTER, "leaflet.markercluster.js")),
        ("vector_tiles", vendor_link("leaflet.vectorgrid", "Leaflet.VectorGrid.bundled.min.js")),
        ("heat", vendor_link("leaflet.heat", "leaflet-heat.js")),
        *((f"yitu_{name}", f"../../assets/yitu/yitu_{name}.js") for name in _OWN_FILES),
    ]
    default_css = [  # noqa: RUF012
        ("cluster", vendor_link(_CLUSTER, "MarkerCluster.css")),
        ("yitu", "../../assets/yitu/yitu_map.css"),
    ]

    def __init__(self, frame: Spec) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "MapFrame"
        self.frame = as_literal(frame)


class ShownLayers(MacroElement):
    """What is shown on the map now; the browser draws anew only what has changed."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            yitu.show(window.map, {{ this.shown }});
        {% endmacro %}
        """
    )

    def __init__(self, shown: Spec) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "ShownLayers"
        self.shown = as_literal(shown)


def framed_map(source: MapSource, choice: MapChoice, extent: MapExtent, office: OfficeTiles | None, *,
               is_still: bool, remembers: str = "") -> folium.Map:  # fmt: skip
    """A map that holds nothing of the data itself: the browser asks for them by their addresses.

    `remembers` names the pages that have their layers in common; the view is common to all.
    """
    lon, lat = extent.centre
    drawn = blank_map(lat, lon, 8, zoom_control=not is_still)
    frame = _frame(source, choice, extent, office, is_still=is_still) | {"remembers": remembers}
    drawn.add_child(MapFrame(frame), name="frame")
    return drawn


def layer_group(shown: Spec) -> folium.FeatureGroup:
    """The part of the map that follows the page's filters."""
    group = folium.FeatureGroup(name="shown", control=False)
    group.add_child(ShownLayers(shown), name="layers")
    return group


def _frame(source: MapSource, choice: MapChoice, extent: MapExtent, office: OfficeTiles | None, *,
           is_still: bool) -> Spec:  # fmt: skip
    return {
        "root": "../../",
        "place": hashlib.sha256(str(source.atlas.place_folder).encode()).hexdigest()[:12],
        "theme": choice.theme,
        "isStill": is_still,
        "bounds": [[extent.south, extent.west], [extent.north, extent.east]],
        "colours": GROUND[choice.theme],
        "roads": roads(choice.theme),
        "baseUrl": source.tiles("base/{z}/{x}/{y}.mvt", choice),
        "labelsUrl": source.tiles("labels/{z}/{x}/{y}.json", choice, lang=current_language()),
        "outlineUrl": source.address("outline.geojson"),
        "office": _office(office),
        "credits": [escaped(f"© {row['publisher']}") for row in source.atlas.query("map_credits").to_pylist()],
        "words": {
            "layers": say("Layers and legend"),
            "unknown": say("unknown"),
            "together": say("{count} close together", count="{count}"),
            "picture": say("Save as a picture"),
            "page": say("Save as a page"),
            "failed": say("could not be read: load the page again"),
            "play": say("Play the day"),
            "hour": say("Hour of the day"),
            "whole_day": say("Whole day"),
        },
    }


def _office(office: OfficeTiles | None) -> dict[str, Any] | None:
    if office is None:
        return None
    return {
        "urls": list(office.urls),
        "attribution": escaped(office.credit),  # Leaflet takes it as HTML
        "datum": office.datum,
        "subdomains": office.subdomains,
        "maxZoom": office.max_zoom,
    }
