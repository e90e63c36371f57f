"""Lines and areas: from any coordinates as written to valid shapes in WGS-84, with what was put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from etl.noun import Shape
from etl.position import Placing

WKT_DEPTH = 6  # a collection of multipolygons needs no more brackets; the parser crashes on thousands
HALF_TURN_DEG = 180.0
QUARTER_TURN_DEG = 90.0
LEAST_AREA_DEG2 = 1e-11  # a tenth of a square metre; corners in one line seldom give exactly nothing
POLYGONS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString", "LinearRing")


@dataclass
class PlacedShape:
    """One row's shape in WGS-84, or why it has none."""

    geometry: BaseGeometry | None
    fault: str | None = None
    repairs: list[str] = field(default_factory=list)

    @property
    def wkb(self) -> bytes | None:
        return None if self.geometry is None else shapely.to_wkb(self.geometry)


@dataclass(frozen=True)
class Area:
    """The box in which a place's rows may lie."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def shape_of(wkb: bytes | None, wkt: str | None) -> BaseGeometry | None:
    """A shape as written, or None where it cannot be read."""
    if wkb is not None:
        return shapely.from_wkb(wkb, on_invalid="ignore")
    if wkt is None or _depth(wkt) > WKT_DEPTH:
        return None
    return shapely.from_wkt(wkt, on_invalid="ignore")


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


def place_shape(
    geometry: BaseGeometry | None, *, shape: Shape, place: Placing, has_crs: bool, area: Area
) -> PlacedShape:
    """Bring one shape to WGS-84, make it valid, and say what cannot be mended."""
    if geometry is None or geometry.is_empty:
        return PlacedShape(None, "shape_missing")
    flat = shapely.force_2d(geometry)
    coordinates = shapely.get_coordinates(flat)
    if not np.isfinite(coordinates).all():
        return PlacedShape(None, "shape_not_finite")
    if not has_crs and np.abs(coordinates).max() > HALF_TURN_DEG:
        return PlacedShape(None, "position_in_metres")
    placed = _in_wgs84(flat, place, area)
    if placed.geometry is None:
        return placed
    west, _, east, _ = placed.geometry.bounds
    if east - west > HALF_TURN_DEG:
        return PlacedShape(None, "shape_across_antimeridian")
    return _as_area(placed) if shape is Shape.POLYGON else _as_line(placed)


def _moved(geometry: BaseGeometry, place: Placing, *, crossed: bool) -> BaseGeometry:
    def move(coordinates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        x, y = coordinates.T[::-1] if crossed else coordinates.T
        return np.column_stack(place(x, y))

    moved: BaseGeometry = shapely.transform(geometry, move)
    return moved


def _in_wgs84(geometry: BaseGeometry, place: Placing, area: Area) -> PlacedShape:
    for crossed in (False, True):
        moved = _moved(geometry, place, crossed=crossed)
        if _is_on_earth(moved) and _touches(moved, area):
            return PlacedShape(moved, repairs=["position_swapped"] if crossed else [])
    return PlacedShape(None, "position_outside")


def _is_on_earth(geometry: BaseGeometry) -> bool:
    places = shapely.get_coordinates(geometry)
    return bool(np.isfinite(places).all() and np.abs(places[:, 1]).max() <= QUARTER_TURN_DEG)


def _touches(geometry: BaseGeometry, area: Area) -> bool:
    west, south, east, north = geometry.bounds
    return west <= area.east and east >= area.west and south <= area.north and north >= area.south


def _as_area(placed: PlacedShape) -> PlacedShape:
    geometry = placed.geometry
    if geometry is None:
        return placed
    if geometry.geom_type in LINES and shapely.is_closed(geometry):
        geometry = shapely.polygonize([geometry])
        placed.repairs.append("line_made_area")
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        placed.repairs.append("shape_made_valid")
    parts = _parts(geometry, POLYGONS)
    if not parts:
        return PlacedShape(None, "shape_collapsed" if placed.repairs else "shape_not_area")
    whole = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    if whole.area < LEAST_AREA_DEG2:
        return PlacedShape(None, "shape_collapsed")
    return PlacedShape(whole, repairs=placed.repairs)


def _as_line(placed: PlacedShape) -> PlacedShape:
    if placed.geometry is None:
        return placed
    parts = _parts(placed.geometry, LINES)
    if not parts:
        return PlacedShape(None, "shape_not_line")
    whole = parts[0] if parts[0].geom_type == "LineString" and len(parts) == 1 else _joined(parts)
    if whole.length <= 0:
        return PlacedShape(None, "shape_collapsed")
    return PlacedShape(whole, repairs=placed.repairs)


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    """One line where the parts follow each other; no part is turned around, as roads may be one-way."""
    lines = shapely.get_parts(parts)
    joined: Any = shapely.line_merge(shapely.multilinestrings(lines), directed=True)
    whole: BaseGeometry = joined
    return whole


def _parts(geometry: BaseGeometry, kinds: tuple[str, ...]) -> list[BaseGeometry]:
    """The parts of one kind, out of collections too."""
    if geometry.geom_type in kinds:
        return [geometry]
    found: list[BaseGeometry] = []
    for part in getattr(geometry, "geoms", ()):
        found += _parts(part, kinds)
    return found
