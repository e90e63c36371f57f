"""The map as a picture for a report or a wall, drawn without a browser."""

from __future__ import annotations

import io
import threading
import warnings
from typing import TYPE_CHECKING

from dashboard.figures import moment_text
from dashboard.pictures.cell_layer import draw_cells
from dashboard.pictures.coloured_cells import coloured_cells
from dashboard.pictures.feature_layers import Layer, chosen_layers, draw_layer, kinds_in_sight
from dashboard.pictures.furniture import draw_footer, draw_north, draw_scale, draw_title
from dashboard.pictures.gap_marks import draw_gap_marks
from dashboard.pictures.ground_layer import ROADS_UP_TO, draw_ground
from dashboard.pictures.labels import all_labels, draw_labels
from dashboard.pictures.legend import LegendGroup, ground_legend, layer_legend, shown_groups
from dashboard.pictures.legend_column import draw_legend
from dashboard.pictures.looks import LOOKS, Look
from dashboard.pictures.map_frame import fit, seen_extent
from planning.cell_raster import lattice_of
from planning.data_health import build_facts
from planning.ground import MapExtent, ground, place_boundary
from wording import Refusal, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from dashboard.coverage_choice import CoverageChoice
    from dashboard.palette import Theme
    from dashboard.pictures.coloured_cells import ColouredCells
    from dashboard.pictures.map_frame import MapFrame
    from planning.atlas import Atlas
    from planning.ground import Ground
    from planning.health_records import BuildFacts

DOTS_PER_INCH = 160
_LEAST_PX, _MOST_PX = 400, 6000
_MAP_BOX = (0.025, 0.05, 0.755, 0.86)
_LEGEND_BOX = (0.795, 0.05, 0.185, 0.86)
_drawing = threading.Lock()  # the font machinery is one for the whole process


def map_picture(
    atlas: Atlas,
    view: MapExtent | None,
    layers: Sequence[str],
    *,
    filters: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    measure: str | None = None,
    coverage: CoverageChoice | None = None,
    cells: ColouredCells | None = None,
    theme: Theme = "light",
    width_px: int = 1600,
    height_px: int = 1100,
) -> bytes:
    """A PNG of the place, or of a part of it, with the chosen layers; the same every time for the same build.

    The cells are drawn by a measure or by coverage, or as they are handed over.
    """
    if not (_LEAST_PX <= width_px <= _MOST_PX and _LEAST_PX <= height_px <= _MOST_PX):
        raise Refusal("A picture must be {least} to {most} pixels wide and high.", least=_LEAST_PX, most=_MOST_PX)
    chosen = chosen_layers(atlas, layers, filters or {}, theme)
    cells = cells or coloured_cells(atlas, measure, coverage, theme)
    extent = view or MapExtent.of(place_boundary(atlas))
    with _drawing, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a rare sign becomes a box
        return _drawn(atlas, extent, chosen, cells, theme, (width_px, height_px))


def _drawn(
    atlas: Atlas,
    extent: MapExtent,
    layers: list[Layer],
    cells: ColouredCells | None,
    theme: Theme,
    size_px: tuple[int, int],
) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  (a second to start)
    from matplotlib.figure import Figure as NewFigure  # noqa: PLC0415

    look, facts = LOOKS[theme], build_facts(atlas)
    figure = NewFigure(figsize=(size_px[0] / DOTS_PER_INCH, size_px[1] / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    figure.set_facecolor(look.page)
    axes = figure.add_axes(_MAP_BOX)
    frame = fit(figure, axes, extent, lattice_of(atlas).projection, look, size_px[0])
    seen = seen_extent(frame)
    under = ground(atlas, seen, seen.zoom_for(size_px[0]))
    _draw_map(frame, atlas, under, layers, cells, theme)
    legends = [cells.legend] if cells else []
    legends += [
        layer_legend(layer.title, layer.noun, kinds_in_sight(layer, seen), layer.left_out) for layer in reversed(layers)
    ]
    legends.append(ground_legend(under, theme, without={layer.noun for layer in layers}))
    _draw_around(figure, frame, facts, look, layers, shown_groups(legends), cells.title if cells else "")
    target = io.BytesIO()
    figure.savefig(target, format="png", facecolor=look.page, metadata={"Software": None})
    return target.getvalue()


def _draw_map(
    frame: MapFrame, atlas: Atlas, under: Ground, layers: list[Layer], cells: ColouredCells | None, theme: Theme
) -> None:
    look = frame.look
    frame.axes.set_xticks([])
    frame.axes.set_yticks([])
    for side in frame.axes.spines.values():
        side.set_color(look.neighbour_border)
    draw_ground(frame, under, theme)
    if cells:
        draw_cells(frame, cells.drawn, theme)
        draw_gap_marks(frame, cells, ROADS_UP_TO + 0.2)
    for at, layer in enumerate(layers):
        draw_layer(frame, layer, ROADS_UP_TO + 1 + at, theme)
    inks = {"town": look.ink, "station": look.ink, "road": look.ink_soft, "county": look.ink_soft}
    draw_labels(frame, all_labels(atlas, under, layers, seen_extent(frame), frame.width_m), inks)


def _draw_around(
    figure: Figure,
    frame: MapFrame,
    facts: BuildFacts,
    look: Look,
    layers: list[Layer],
    legends: list[LegendGroup],
    cells_title: str,
) -> None:
    named = [cells_title] if cells_title else []
    named += [layer.title for layer in reversed(layers)]
    title = facts.place_name
    if named:
        title = say("{place}: {layers}", place=title, layers=say(", ").join(named))
    draw_title(figure, title, say("Sample data") if facts.is_made_up else "", look)
    draw_scale(frame)
    draw_north(frame, say("N"))
    draw_legend(figure, figure.add_axes(_LEGEND_BOX), legends, look, say("and more:"))
    draw_footer(
        figure,
        say(
            "Made by Yitu from build {build} of {moment}. WGS-84, equal-area around the place.",
            build=facts.build_id,
            moment=moment_text(facts.started_at),
        ),
        look,
    )
