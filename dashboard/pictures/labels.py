"""Names on a picture: the most important first, and none over another."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.exports.feature_rows import batches, shapes_of
from dashboard.pictures.fonts import font
from dashboard.pictures.map_frame import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.pictures.feature_layers import Layer
    from dashboard.pictures.map_frame import MapFrame
    from planning.atlas import Atlas
    from planning.ground import Ground, MapExtent

_ABOVE = 30
_DOTS_PER_PT = 160 / 72
_POINT_PX = 12
_LONGEST = 16
_STATION_NAMES = 40
_ROADS_WITH_SIGN = {"expressway": 0, "first": 1, "second": 2}
_TOWN_KINDS = {"city": (0, 8.5), "town": (1, 7.0)}
_VILLAGE = (3.5, 5.5)
_VILLAGES_BELOW_M = 25_000
_SEEN_SHARE = 0.02


@dataclass(frozen=True)
class Label:
    """A name, where it stands, and how much it matters: the least rank comes first."""

    rank: float
    text: str
    lon: float
    lat: float
    size_pt: float
    kind: str  # town, station, road, county


def draw_labels(frame: MapFrame, labels: Iterable[Label], look_up_ink: dict[str, str]) -> None:
    """Each label that finds room; `look_up_ink` is the colour for each kind."""
    labels = list(labels)
    points = [_around(frame, label) for label in labels if label.kind == "station"]
    taken: list[tuple[float, float, float, float]] = []
    for label in sorted(labels, key=lambda one: (one.rank, one.text, one.lon)):
        spot = frame.spot(label.lon, label.lat)
        text = plain(label.text, _LONGEST)
        if spot is None or not text:
            continue
        box = _box(frame, spot, label, text)
        in_the_way = [*taken, *points] if label.kind == "road" else taken
        if any(_overlap(box, other) for other in in_the_way) or not _is_within(frame, box):
            continue
        taken.append(box)
        _draw(frame, spot, label, text, look_up_ink[label.kind])


def _draw(frame: MapFrame, spot: tuple[float, float], label: Label, text: str, ink: str) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    is_road = label.kind == "road"
    lifted_m = 0.0 if label.kind in {"road", "county"} else _rise_px(label) / frame.metre_px
    halo = [withStroke(linewidth=2.0, foreground=frame.look.page, alpha=0.85)]
    frame.write(
        spot[0],
        spot[1] + lifted_m,
        text,
        font(label.size_pt, is_bold=label.kind == "station" or is_road),
        color=ink,
        ha="center",
        va="center",
        zorder=_ABOVE,
        path_effects=None if is_road else halo,
        bbox={"boxstyle": "round,pad=0.2", "fc": frame.look.page, "ec": ink, "lw": 0.6} if is_road else None,
    )


def _rise_px(label: Label) -> float:
    """Names stand above their points."""
    return (label.size_pt * 0.75 + (6 if label.kind == "station" else 2)) * _DOTS_PER_PT


def _box(frame: MapFrame, spot: tuple[float, float], label: Label, text: str) -> tuple[float, float, float, float]:
    """West, south, east and north of the name, in pixels."""
    width = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text)
    half_width = width * label.size_pt * _DOTS_PER_PT / 2 + 3
    half_height = label.size_pt * _DOTS_PER_PT * 0.7 + 1
    x, y = spot[0] * frame.metre_px, spot[1] * frame.metre_px
    y += 0 if label.kind in {"road", "county"} else _rise_px(label)
    return (x - half_width, y - half_height, x + half_width, y + half_height)


def _around(frame: MapFrame, label: Label) -> tuple[float, float, float, float]:
    """The point that a name belongs to, which road signs keep off."""
    x, y = frame.spot(label.lon, label.lat) or (-inf, -inf)
    x, y = x * frame.metre_px, y * frame.metre_px
    return (x - _POINT_PX, y - _POINT_PX, x + _POINT_PX, y + _POINT_PX)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_within(frame: MapFrame, box: tuple[float, float, float, float]) -> bool:
    (west, east), (south, north) = frame.axes.get_xlim(), frame.axes.get_ylim()
    edge = frame.metre_px
    return west * edge < box[0] and south * edge < box[1] and box[2] < east * edge and box[3] < north * edge


def all_labels(atlas: Atlas, ground: Ground, layers: Iterable[Layer], seen: MapExtent, width_m: float) -> list[Label]:
    """Towns, roads, the counties around, and stations where they are few."""
    found = [*_towns(atlas, has_villages=width_m < _VILLAGES_BELOW_M), *_roads(ground, seen), *_counties(ground, seen)]
    for layer in layers:
        if layer.noun == "stations" and sum(kind.features.table.num_rows for kind in layer.kinds) <= _STATION_NAMES:
            found += _stations(layer)
    return found


def _towns(atlas: Atlas, *, has_villages: bool) -> Iterator[Label]:
    table = atlas.query("ground_towns", kinds=[*_TOWN_KINDS, *(["village"] if has_villages else [])])
    for row in table.to_pylist():
        rank, size_pt = _TOWN_KINDS.get(row["kind"], _VILLAGE)
        yield Label(
            rank - min(row["people"] or 0, 10_000_000) / 2e7, row["name"], row["lon"], row["lat"], size_pt, "town"
        )


def _roads(ground: Ground, seen: MapExtent) -> Iterator[Label]:
    """One sign for each road number, at the middle of its longest section."""
    longest: dict[str, tuple[Any, int]] = {}
    for line in ground.routes:
        if line.ref and line.kind in _ROADS_WITH_SIGN:
            part = max(
                shapely.get_parts(shapely.clip_by_rect(line.shape, *seen.sides)), key=shapely.length, default=None
            )
            if part is not None and part.length > longest.get(line.ref, (shapely.LineString(), 0))[0].length:
                longest[line.ref] = (part, _ROADS_WITH_SIGN[line.kind])
    for ref, (part, rank) in longest.items():
        middle = part.interpolate(0.5, normalized=True)
        yield Label(2 + rank / 10, ref, middle.x, middle.y, 6.0, "road")


def _counties(ground: Ground, seen: MapExtent) -> Iterator[Label]:
    """Counties around, each in the middle of what is seen of it; of slivers none."""
    window = shapely.box(*seen.sides)
    for neighbour in ground.neighbours:
        if not neighbour.is_inside:
            part = shapely.make_valid(neighbour.shape).intersection(window)
            if part.area > window.area * _SEEN_SHARE:
                spot = part.representative_point()
                yield Label(4, neighbour.name, spot.x, spot.y, 8.5, "county")


def _stations(layer: Layer) -> Iterator[Label]:
    for kind in layer.kinds:
        for batch in batches(kind.features):
            for name, shape in zip(batch.column("name").to_pylist(), shapes_of(batch), strict=True):
                if shape is not None and name:
                    yield Label(3, name, shape.x, shape.y, 6.0, "station")
