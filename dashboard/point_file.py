"""Points of a noun as GeoJSON for the map: where each is, its kind, and what is told of it at first sight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.kind_colours import KIND_COLUMN
from dashboard.layers import POINT_LOOKS
from planning.features import KEY, SHAPE, Features, features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.layers.points import PointLook
    from planning.atlas import Atlas

_DIGITS = 6


def point_file(atlas: Atlas, noun: str, filters: Mapping[str, Sequence[str]]) -> bytes:
    """The file; things without a position are not in it."""
    found, look = features(atlas, noun, filters), POINT_LOOKS[noun]
    rows = [row for row in found.table.to_pylist() if row[SHAPE] is not None]
    points = shapely.from_wkb([row[SHAPE] for row in rows])
    spots = zip(shapely.get_x(points), shapely.get_y(points), strict=True)
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(found, look, row, spot) for row, spot in zip(rows, spots, strict=True)],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(found: Features, look: PointLook, row: dict[str, Any], spot: tuple[float, float]) -> dict[str, Any]:
    properties = {
        "id": row[KEY],
        "title": found.column(look.title).shown(row[look.title]),
        "kind": row[KIND_COLUMN[found.noun]],
        "lines": [
            [found.column(name).label, found.column(name).shown_with_unit(row[name])]
            for name in look.essentials
            if name != look.title
        ],
    }
    if look.solid is not None:
        column, value = look.solid
        properties["solid"] = row[column] is None or str(row[column]) == value
    position = [round(part, _DIGITS) for part in spot]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": position}, "properties": properties}
