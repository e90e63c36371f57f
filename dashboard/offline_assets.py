"""folium without the internet: its classes load our own files, and what would load from outside is an error.

The links are relative to the frame in which streamlit-folium draws, /component/<name>/index.html.
"""

from __future__ import annotations

from functools import cache, wraps
from typing import TYPE_CHECKING, Any

import branca.colormap
import folium
import folium.plugins
import streamlit_folium
from branca.element import Figure, JavascriptLink, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.outside_loads import is_outside, outside_loads
from dashboard.vendor_files import vendor_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TO_VENDOR = "../../assets/vendor/"
NEAREST_ZOOM = 20
# The arguments of streamlit-folium's component that hold HTML or JavaScript.
_TEXTS = ("script", "header", "html", "feature_group", "layer_control")


def vendor_link(package: str, file: str) -> str:
    """The link to a vendored file, as seen from the frame of a map."""
    return TO_VENDOR + vendor_path(package, file)


def _links(*files: tuple[str, str]) -> list[tuple[str, str]]:
    return [(f"{package}/{file}", vendor_link(package, file)) for package, file in files]


@cache
def _scripts_and_styles() -> dict[type[JSCSSMixin], tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """What each class that we allow loads."""
    plugins, cluster = folium.plugins, "leaflet.markercluster"
    return {
        folium.Map: (
            _links(("leaflet", "leaflet.js"), ("jquery", "jquery.min.js")),
            _links(("leaflet", "leaflet.css")),
        ),
        plugins.MarkerCluster: (
            _links((cluster, "leaflet.markercluster.js")),
            _links((cluster, "MarkerCluster.css"), (cluster, "MarkerCluster.Default.css")),
        ),
        plugins.VectorGridProtobuf: (_links(("leaflet.vectorgrid", "Leaflet.VectorGrid.bundled.min.js")), []),
        plugins.HeatMap: (_links(("leaflet.heat", "leaflet-heat.js")), []),
        plugins.Draw: (
            _links(("leaflet-draw", "leaflet.draw.js")),
            _links(("leaflet-draw", "leaflet.draw.css")),
        ),
        plugins.Fullscreen: (
            _links(("leaflet.fullscreen", "Control.FullScreen.js")),
            _links(("leaflet.fullscreen", "Control.FullScreen.css")),
        ),
        plugins.SideBySideLayers: (
            _links(("leaflet-side-by-side", "index.js")),
            _links(("leaflet-side-by-side", "layout.css"), ("leaflet-side-by-side", "range.css")),
        ),
    }


@cache
def localise() -> None:
    """Puts our links into folium; to be called before the first map is made, and harmless when called again."""
    for drawn, (scripts, styles) in _scripts_and_styles().items():
        _replace(drawn, "default_js", scripts)
        _replace(drawn, "default_css", styles)
    scale, cluster = branca.colormap.ColorMap, folium.plugins.FastMarkerCluster
    scale.render = _with_own_d3(scale.render)  # type: ignore[method-assign]  # the link is written in its body
    cluster.__init__ = _with_plain_markers(cluster.__init__)  # type: ignore[method-assign]  # so is the icon
    folium.Icon.__init__ = _no_icon  # type: ignore[method-assign, assignment]  # wherever it was imported from
    streamlit_folium._component_func = drawn_offline(streamlit_folium._component_func)  # noqa: SLF001  (the only way in)


def _replace(drawn: type[JSCSSMixin], name: str, links: list[tuple[str, str]]) -> None:
    """In place where the class has a list of its own, which folium's modules hold too; never in its parent's."""
    if name in vars(drawn):
        getattr(drawn, name)[:] = links
    else:
        setattr(drawn, name, links)


def drawn_offline(draw: Callable[..., Any]) -> Callable[..., Any]:
    """The component's call, refused where the map would load anything from outside."""

    @wraps(draw)
    def guarded(**arguments: Any) -> Any:  # noqa: ANN401  (as the component's)
        arguments["js_links"] = own_scripts(arguments.get("js_links") or ())
        links = [*arguments["js_links"], *(arguments.get("css_links") or ())]
        outside = [link for link in links if is_outside(link)]
        for name in _TEXTS:
            outside += outside_loads(arguments.get(name) or "")
        if outside:
            raise ValueError(f"a map may not load from outside: {', '.join(dict.fromkeys(outside))}")
        return draw(**arguments)

    return guarded


def own_scripts(links: Iterable[str]) -> list[str]:
    """The scripts, with our d3 once in place of those that streamlit-folium adds for a colour scale."""
    ours = vendor_link("d3", "d3.min.js")
    return list(dict.fromkeys(ours if _is_d3(link) else link for link in links))


def _is_d3(link: str) -> bool:
    return is_outside(link) and link.endswith(("/d3/3.5.5/d3.min.js", "/d3.v4.min.js"))


def _with_own_d3(render: Callable[..., None]) -> Callable[..., None]:
    @wraps(render)
    def rendered(scale: branca.colormap.ColorMap, **kwargs: Any) -> None:  # noqa: ANN401  (as folium's)
        render(scale, **kwargs)
        figure = scale.get_root()
        if isinstance(figure, Figure):
            figure.header.add_child(JavascriptLink(vendor_link("d3", "d3.min.js")), name="d3")

    return rendered


def _no_icon(_icon: object, *_args: object, **_kwargs: object) -> None:
    raise ValueError("folium.Icon needs fonts from outside; use folium.DivIcon or folium.CircleMarker")


def _with_plain_markers(begin: Callable[..., None]) -> Callable[..., None]:
    """FastMarkerCluster with Leaflet's own marker, where nothing else is asked for."""
    plain = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"

    @wraps(begin)
    def begun(cluster: object, data: object, callback: str | None = None, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        begin(cluster, data, callback or plain, *args, **kwargs)

    return begun


class _Manners(MacroElement):
    """No link beside the attribution, and pictures of markers that don't wait for the stylesheet."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.attributionControl.setPrefix(false);
            L.Icon.Default.imagePath = {{ this.pictures|tojson }};
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = "Manners"
        self.pictures = TO_VENDOR + vendor_path("leaflet", "leaflet.css").removesuffix("leaflet.css") + "images/"


def blank_map(lat: float, lon: float, zoom: int, *, least_zoom: int = 4, **options: Any) -> folium.Map:  # noqa: ANN401
    """A map without a base of its own. Without a largest zoom, clusters of markers would blank it."""
    drawn = folium.Map(
        [lat, lon],
        zoom_start=zoom,
        tiles=None,
        prefer_canvas=True,
        minZoom=least_zoom,
        maxZoom=NEAREST_ZOOM,
        **options,
    )
    drawn.add_child(_Manners(), name="manners")
    return drawn
