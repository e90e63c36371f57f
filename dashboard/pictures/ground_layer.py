"""The ground of a picture: the place and the counties around it, rivers, roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from dashboard.kind_colours import kind_colour
from dashboard.pictures.looks import RIVER_WIDTH_PT, road_width_pt
from dashboard.pictures.map_frame import outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.palette import Theme
    from dashboard.pictures.map_frame import MapFrame
    from planning.ground import Ground, Line

_LAND, _CELLS, _BORDER, _RIVERS, _ROADS = 1, 2, 3, 4, 5
CELLS_ABOVE = _CELLS
ROADS_UP_TO = _ROADS


def draw_ground(frame: MapFrame, ground: Ground, theme: Theme) -> None:
    """Areas at the bottom, then rivers, and roads from the smallest up."""
    look = frame.look
    frame.axes.set_facecolor(look.around)
    for neighbour in ground.neighbours:
        draw_area(frame, neighbour.shape, look.around, look.neighbour_border, 0.6, _LAND)
    draw_area(frame, ground.boundary, look.land, "none", 0, _LAND)
    draw_area(frame, ground.boundary, "none", look.border, 1.4, _BORDER)
    draw_lines(
        frame, [line.shape for line in ground.rivers], kind_colour("rivers", "", 0, theme), RIVER_WIDTH_PT, _RIVERS
    )
    by_class: dict[str, list[Line]] = {}
    for line in ground.routes:
        by_class.setdefault(line.kind or "", []).append(line)
    for road_class, lines in sorted(by_class.items(), key=lambda found: (road_width_pt(found[0]), found[0])):
        colour, width_pt = kind_colour("routes", road_class, 0, theme), road_width_pt(road_class)
        draw_lines(frame, [line.shape for line in lines], colour, width_pt, _ROADS)


def draw_area(frame: MapFrame, shape: Any, fill: str, edge: str, width_pt: float, above: float) -> None:  # noqa: ANN401
    """One area, with its holes; what is no area or empty draws nothing."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415

    areas = [
        part for part in shapely.get_parts(frame.to_metres(shape)) if part.geom_type == "Polygon" and not part.is_empty
    ]
    if areas:
        patch = PathPatch(
            outline(shapely.MultiPolygon(areas)), facecolor=fill, edgecolor=edge, linewidth=width_pt, zorder=above
        )
        frame.axes.add_patch(patch)


def draw_lines(frame: MapFrame, shapes: Iterable[Any], colour: str, width_pt: float, above: float) -> None:
    """Many lines of one look."""
    from matplotlib.collections import LineCollection  # noqa: PLC0415

    parts = shapely.get_parts(frame.to_metres(list(shapes)))
    lines = [shapely.get_coordinates(part) for part in parts]
    if lines:
        frame.axes.add_collection(
            LineCollection(
                lines, colors=colour, linewidths=width_pt, capstyle="round", joinstyle="round", zorder=above
            ),
            autolim=False,
        )
