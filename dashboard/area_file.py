"""Areas of a noun as GeoJSON for the map, where they are few: each with its kind and what is told at first sight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.exports.feature_rows import row_title
from dashboard.kind_colours import KIND_COLUMN
from planning.features import KEY, SHAPE

if TYPE_CHECKING:
    from planning.features import Features

_DIGITS = 6
_ESSENTIALS = ("kind", "other_name", "area_km2", "width_m", "post")
_FAINT = "is_sliver"


def area_file(found: Features) -> bytes:
    """The file, the largest first, so that smaller ones lie above them."""
    shapes = shapely.from_wkb(found.table[SHAPE].to_pylist())
    spots = shapely.point_on_surface(shapes)
    drawn = shapely.to_geojson(shapely.set_precision(shapes, 10.0**-_DIGITS, mode="pointwise"))
    rows = found.table.to_pylist()
    features = [
        {"type": "Feature", "geometry": json.loads(shape), "properties": _properties(found, row, spot)}
        for row, shape, spot in zip(rows, drawn, spots, strict=True)
    ]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _properties(found: Features, row: dict[str, Any], spot: shapely.Point) -> dict[str, Any]:
    return {
        "id": row[KEY],
        "title": row_title(found, row[KEY], [row[column.name] for column in found.columns]),
        "kind": row[KIND_COLUMN[found.noun]],
        "lines": [
            [found.column(name).label, found.column(name).shown_with_unit(row[name])]
            for name in _ESSENTIALS
            if row[name] is not None
        ],
        "spot": [round(spot.x, _DIGITS), round(spot.y, _DIGITS)],
        "is_faint": bool(row[_FAINT]),
    }
