"""The chosen layers of a picture: points, lines and areas by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc
import shapely

from dashboard.exports.feature_rows import batches, shapes_of
from dashboard.exports.kinds import Kind, kinds_of
from dashboard.kind_colours import NO_KIND, kind_colour
from dashboard.pictures.ground_layer import ROADS_UP_TO, draw_area, draw_lines
from dashboard.pictures.looks import PLAIN_FORM, POINT_FORM, RIVER_WIDTH_PT, road_width_pt
from planning.features import Features, features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.palette import Theme
    from dashboard.pictures.map_frame import MapFrame
    from planning.atlas import Atlas
    from planning.ground import MapExtent

# From the bottom up: what covers much lies below what is looked for.
_FROM_BELOW = (
    "grids",
    "grid_faults",
    "rivers",
    "routes",
    "repair_clusters",
    "places",
    "enterprises",
    "incidents",
    "repair_shops",
    "requests",
    "resources",
    "stations",
)
_MANY, _MANY_SHARE = 2_000, 0.3
_EDGE_PT = 0.7
_OPEN, _HOLLOW_SHARE, _HOLLOW_EDGE_PT = "open", 0.7, 1.8
_GRID_WIDTH_PT = {1: 1.6, 2: 1.4, 3: 1.0}
_SMALL_GRID_PT = 0.5
_CLUSTER_WIDTH_PT = 1.2


@dataclass(frozen=True)
class Layer:
    """A layer's rows by kind, and how many of them have no position."""

    noun: str
    title: str
    kinds: tuple[Kind, ...]
    left_out: int


def chosen_layers(
    atlas: Atlas, nouns: Sequence[str], filters: Mapping[str, Mapping[str, Sequence[str]]], theme: Theme
) -> list[Layer]:
    """The layers with their rows, in the order in which they are drawn."""
    layers = []
    for noun in sorted(set(nouns), key=lambda one: (_FROM_BELOW.index(one) if one in _FROM_BELOW else -1, one)):
        rows = features(atlas, noun, filters.get(noun))
        kinds = tuple(kinds_of(rows, theme))
        layers.append(Layer(noun, rows.title, kinds, rows.table["geom"].null_count))
    return layers


def kinds_in_sight(layer: Layer, seen: MapExtent) -> list[Kind]:
    """The kinds of which anything reaches into the box."""
    found = []
    for kind in layer.kinds:
        west, south, east, north = shapely.bounds(np.array(_shapes(kind.features), dtype=object)).reshape(-1, 4).T
        reaches = (west <= seen.east) & (east >= seen.west) & (south <= seen.north) & (north >= seen.south)
        if reaches.any():
            found.append(kind)
    return found


def draw_layer(frame: MapFrame, layer: Layer, above: float, theme: Theme) -> None:
    """All rows of a layer that have a position."""
    total = sum(kind.features.table.num_rows for kind in layer.kinds)
    # The first kinds of a list lie on top; of grids the largest, whose lines are the widest.
    for kind in reversed(layer.kinds):
        shapes = _shapes(kind.features)
        if layer.noun == "grids":
            _draw_grids(frame, shapes, kind, above, theme)
        elif layer.noun == "grid_faults":
            for shape in shapes:
                draw_area(frame, shape, kind.colour, kind.colour, _SMALL_GRID_PT, above)
        elif layer.noun == "repair_clusters":
            for shape in shapes:
                draw_area(frame, shape, f"{kind.colour}33", kind.colour, _CLUSTER_WIDTH_PT, above)
        elif layer.noun in {"routes", "rivers"}:
            width_pt = road_width_pt(kind.code) if layer.noun == "routes" else RIVER_WIDTH_PT
            draw_lines(frame, shapes, kind.colour, width_pt * 1.3, ROADS_UP_TO)
        else:
            for part, is_hollow in by_openness(kind.features):
                points = _shapes(part)
                look = (kind.colour, frame.look.page) if is_hollow else (frame.look.point_edge, kind.colour)
                _draw_points(frame, points, layer.noun, look, above, is_many=total > _MANY)


def _draw_grids(frame: MapFrame, shapes: list[Any], kind: Kind, above: float, theme: Theme) -> None:
    width_pt = _GRID_WIDTH_PT.get(int(kind.code) if kind.code.isdigit() else 0, _SMALL_GRID_PT)
    for shape in shapes:
        draw_area(frame, shape, "none", kind_colour("grids", NO_KIND, 0, theme), width_pt, above)


def by_openness(rows: Features) -> list[tuple[Features, bool]]:
    """Stations that are open or may be, and apart from them those that are not, which are drawn hollow."""
    if rows.noun != "stations" or "status" not in rows.table.column_names:
        return [(rows, False)]
    is_open = pc.fill_null(pc.equal(rows.table["status"], _OPEN), True)  # noqa: FBT003  (pyarrow's own signature)
    parts = ((is_open, False), (pc.invert(is_open), True))
    return [
        (Features(rows.noun, rows.title, rows.columns, rows.table.filter(mask)), is_hollow) for mask, is_hollow in parts
    ]


def _draw_points(
    frame: MapFrame, shapes: list[Any], noun: str, look: tuple[str, str], above: float, *, is_many: bool
) -> None:
    edge, fill = look
    spots = shapely.get_coordinates(frame.to_metres(np.array(shapes, dtype=object)))
    form, size_pt2 = POINT_FORM.get(noun, PLAIN_FORM)
    is_hollow = fill == frame.look.page
    frame.axes.scatter(
        spots[:, 0],
        spots[:, 1],
        s=size_pt2 * (_MANY_SHARE if is_many else 1) * (_HOLLOW_SHARE if is_hollow else 1),
        marker=form,
        c=fill,
        edgecolors=edge,
        linewidths=_HOLLOW_EDGE_PT if is_hollow else _EDGE_PT * (_MANY_SHARE if is_many else 1),
        zorder=above,
    )


def _shapes(rows: Features) -> list[Any]:
    return [shape for shape in _all_shapes(rows) if shape is not None]


def _all_shapes(rows: Features) -> Iterator[Any]:
    for batch in batches(rows):
        yield from shapes_of(batch)
