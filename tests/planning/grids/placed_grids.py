"""Places of a few grids, drawn in metres from the south-west corner of the small place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from etl.projection import LocalProjection
from planning.atlas import open_atlas
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from planning.atlas import Atlas

HERE = LocalProjection(WEST, SOUTH)
WHOLE = shapely.box(WEST, SOUTH, EAST, NORTH)


def box_m(west_m: float, south_m: float, east_m: float, north_m: float) -> BaseGeometry:
    shape: BaseGeometry = HERE.to_degrees(shapely.segmentize(shapely.box(west_m, south_m, east_m, north_m), 200))
    return shape


def grid(code: str, shape: BaseGeometry, **told: object) -> dict[str, Any]:
    properties = {"编码": code, "名称": f"网格{code}", "层级": "网格", "责任岗位": f"{code}网格长", **told}
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}


def placed(
    folder: Path, *grids: Mapping[str, Any], sources: Mapping[str, Sequence[Sequence[object]]] | None = None
) -> Atlas:
    """The place built with these grids, and with other nouns as plain tables."""
    place = SmallPlace(folder)
    if grids:
        collection = {"type": "FeatureCollection", "features": list(grids)}
        (folder / "files" / "grids.geojson").write_text(json.dumps(collection, ensure_ascii=False), "utf-8")
        place.add("grids", "grids.geojson")
    for noun, rows in (sources or {}).items():
        place.add(noun, f"{noun}.csv", rows)
    place.build()
    return open_atlas(folder)
