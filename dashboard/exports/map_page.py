"""The map as one HTML file that opens from a disk or a stick, without a server and without the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import folium
from branca.element import Element, Figure
from folium.template import Template

from dashboard.exports.page_assets import scripts_and_styles
from dashboard.exports.page_cells import cells_picture
from dashboard.exports.page_layers import CELLS, Detail, Names, add_ground, add_layer, add_outline
from dashboard.figures import moment_text
from dashboard.html_text import Html, escaped, html, joined
from dashboard.pictures.coloured_cells import coloured_cells
from dashboard.pictures.feature_layers import Layer, chosen_layers
from dashboard.pictures.legend import LegendGroup, ground_legend, layer_legend, shown_groups
from dashboard.pictures.looks import LOOKS
from planning.data_health import build_facts
from planning.ground import Ground, MapExtent, ground, place_boundary
from wording import Refusal, current_language, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.coverage_choice import CoverageChoice
    from dashboard.pictures.coloured_cells import ColouredCells
    from planning.atlas import Atlas
    from planning.health_records import BuildFacts

LARGEST_BYTES = 5_000_000
_AROUND = 0.25
_TOWNS = 200
# From fine to coarse; the first that fits is taken.
_DETAILS: Final = (
    Detail(13, 0.00005, has_all_columns=True),
    Detail(12, 0.0003, has_all_columns=True),
    Detail(10, 0.001, has_all_columns=True),
    Detail(8, 0.003, has_all_columns=False),
)


class _PageMap(folium.Map):
    """A map that names no script: they stand in the page."""

    default_js = []  # noqa: RUF012  (declared so by folium)
    default_css = []  # noqa: RUF012


class _Written(Element):
    """HTML of our own that is written as it is, and not read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: Html | str) -> None:
        super().__init__()
        self.text = text


def map_page(
    atlas: Atlas,
    layers: Sequence[str],
    *,
    filters: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    measure: str | None = None,
    coverage: CoverageChoice | None = None,
    title: str = "",
) -> str:
    """The whole page; as fine as fits into LARGEST_BYTES."""
    chosen = chosen_layers(atlas, layers, filters or {}, "light")
    cells = coloured_cells(atlas, measure, coverage, "light")
    for detail in _DETAILS:
        page = _page(atlas, chosen, cells, title, detail)
        if len(page.encode()) <= LARGEST_BYTES:
            return page
    raise Refusal("These layers are too large for one page. Choose fewer, or take them away as a GeoPackage.")


def _page(atlas: Atlas, layers: list[Layer], cells: ColouredCells | None, title: str, detail: Detail) -> str:
    facts, extent = build_facts(atlas), MapExtent.of(place_boundary(atlas), _AROUND)
    under = ground(atlas, extent, detail.zoom)
    lon, lat = extent.centre
    page = _PageMap([lat, lon], tiles=None, prefer_canvas=True, max_zoom=18, min_zoom=5)
    page.options["attribution_control"] = False
    add_ground(page, under, LOOKS["light"])
    legends = []
    if cells:
        _add_cells(page, cells)
        legends.append(cells.legend)
    for layer in layers:
        add_layer(page, layer, detail)
    legends += [layer_legend(layer.title, layer.noun, layer.kinds, layer.left_out) for layer in reversed(layers)]
    legends.append(ground_legend(under, "light", without={layer.noun for layer in layers}))
    page.add_child(Names(_names(atlas, under)))
    page.add_child(folium.LayerControl(collapsed=False))
    seen = MapExtent.of(under.boundary)
    page.fit_bounds([[seen.south, seen.west], [seen.north, seen.east]])
    return _framed(page, title or facts.place_name, facts, shown_groups(legends))


def _add_cells(page: folium.Map, cells: ColouredCells) -> None:
    picture, box = cells_picture(cells.drawn, "light")
    bounds = [[box.south, box.west], [box.north, box.east]]
    name = escaped(cells.title)
    page.add_child(
        folium.raster_layers.ImageOverlay(picture, bounds, opacity=0.85, name=name, pixelated=True, pane=CELLS)
    )
    for gap in cells.gaps:
        add_outline(page, gap.shape, cells.gap_edge)


def _names(atlas: Atlas, under: Ground) -> Iterator[tuple[str, float, float, str]]:
    towns = atlas.query("ground_towns", kinds=["city", "town"]).to_pylist()
    towns.sort(key=lambda row: -(row["people"] or 0))
    for row in towns[:_TOWNS]:
        yield row["name"], row["lat"], row["lon"], "town"
    for neighbour in under.neighbours:
        if not neighbour.is_inside:
            yield neighbour.name, neighbour.lat, neighbour.lon, "county"


def _framed(page: folium.Map, title: str, facts: BuildFacts, legends: list[LegendGroup]) -> str:
    figure = Figure()
    figure.add_child(page)
    figure.title = escaped(title)
    figure.header.add_child(_Written(scripts_and_styles()), name="own")
    figure.html.add_child(_Written(_head(title, facts)), name="head")
    figure.html.add_child(_Written(_legend(legends)), name="legend")
    language = "zh-CN" if current_language() == "zh" else "en"
    written: str = figure.render()
    return written.replace("<html>", f'<html lang="{language}">', 1)


def _head(title: str, facts: BuildFacts) -> Html:
    made_up = html("<b>{text}</b>", text=say("Sample data")) if facts.is_made_up else ""
    about = say(
        "Made by Yitu from build {build} of {moment}.", build=facts.build_id, moment=moment_text(facts.started_at)
    )
    return html(
        '<header class="yitu-head"><h1>{title}</h1>{made_up}<small>{about}</small></header>',
        title=title,
        made_up=Html(made_up),
        about=about,
    )


def _legend(groups: list[LegendGroup]) -> Html:
    return html(
        '<details class="yitu-legend" open><summary>{title}</summary>{groups}</details>',
        title=say("Legend"),
        groups=joined(_group(group) for group in groups),
    )


def _group(group: LegendGroup) -> Html:
    entries = joined(
        html(
            '<div><i class="{sign}" style="{style}"></i><span>{label}</span></div>',
            sign=entry.sign,
            style=Html(_swatch(entry.colour, entry.hatch, is_outline=entry.sign == "outline")),
            label=entry.label,
        )
        for entry in group.entries
    )
    note = html("<p>{note}</p>", note=group.note) if group.note else Html("")
    return html("<section><h2>{title}</h2>{entries}{note}</section>", title=group.title, entries=entries, note=note)


def _swatch(colour: str, hatch: str, *, is_outline: bool) -> str:
    """The style of a sign, of our own colours alone."""
    if is_outline:
        return f"border:2px solid {colour}"
    if hatch:
        return f"background:repeating-linear-gradient(135deg,{hatch} 0 2px,{colour} 2px 5px)"
    return f"background:{colour}"
