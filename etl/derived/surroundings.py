"""The counties in and around a place, for the names and outlines beneath its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.boundary import area_around
from etl.divisions import counties_of, divisions_within, find_divisions
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb
    from shapely.geometry.base import BaseGeometry

    from etl.derived.lines_on_map import Shapes

NEARBY_KM = 60.0
CUT_KM = 150.0  # so far out that nobody takes the cut for a border
INSIDE_SHARE = 0.5
LABEL_EXACTNESS = 0.02  # of the side of a county
POLYGON = 3


def lay_surroundings(database: duckdb.DuckDBPyConnection, boundary: BaseGeometry, counties: tuple[str, ...]) -> None:
    """Create and fill `surroundings`; a place far outside China gets none."""
    database.execute(read_sql("etl.derived", "surroundings"))
    found = divisions_within(*_around(boundary, NEARBY_KM).bounds)
    whole = np.array([*found.values()], dtype=object)
    codes = np.array([county.code for county in found], dtype=np.str_)
    spots = _label_spots(_cut(whole, boundary, NEARBY_KM))
    rows = {
        "code": codes,
        "name": pa.array([county.name for county in found], pa.string()),
        "is_inside": _is_own(codes, counties) if counties else _is_mostly_inside(whole, boundary),
        "lon": shapely.get_x(spots),
        "lat": shapely.get_y(spots),
        "geom": pa.array(shapely.to_wkb(_cut(whole, boundary, CUT_KM)).tolist(), pa.binary()),
    }
    database.register("rows_at_hand", pa.table(rows))
    database.execute(read_sql("etl.derived", "surroundings_insert"))
    database.unregister("rows_at_hand")


def _around(boundary: BaseGeometry, margin_km: float) -> BaseGeometry:
    """The box so many kilometres around the place, and never less than the place itself."""
    around, (west, south, east, north) = area_around(boundary, margin_km), boundary.bounds
    lowest = np.fmin([around.west, around.south], [west, south])
    highest = np.fmax([around.east, around.north], [east, north])
    box: BaseGeometry = shapely.box(*lowest.tolist(), *highest.tolist())
    return box


def _cut(outlines: Shapes, boundary: BaseGeometry, margin_km: float) -> Shapes:
    """The outlines as far as so many kilometres around the place."""
    box = _around(boundary, margin_km)
    shapely.prepare(box)
    reaches_out = ~shapely.covers(box, outlines)
    cut = outlines.copy()
    cut[reaches_out] = [_as_area(shape) for shape in shapely.intersection(outlines[reaches_out], box)]
    return cut


def _as_area(shape: BaseGeometry) -> BaseGeometry:
    """Without the lines and points in which an outline may only touch the box."""
    parts = shapely.get_parts(shape)
    area: BaseGeometry = shapely.multipolygons(parts[shapely.get_type_id(parts) == POLYGON])
    return area


def _label_spots(areas: Shapes) -> Shapes:
    """For each area the middle of the widest room in its largest part; none for an empty one."""
    parts, owner = shapely.get_parts(areas, return_index=True)
    smallest_first = np.lexsort((shapely.area(parts), owner))
    is_largest = np.append(np.diff(owner[smallest_first]) > 0, np.ones(min(len(owner), 1), dtype=np.bool_))
    largest = smallest_first[is_largest]
    bounds = shapely.bounds(parts[largest]).reshape(-1, 4)
    side = (bounds[:, 2:] - bounds[:, :2]).max(axis=1, initial=0.0)
    spots: Shapes = np.full(len(areas), shapely.Point(), dtype=object)
    widest = shapely.maximum_inscribed_circle(parts[largest], tolerance=side * LABEL_EXACTNESS)
    spots[owner[largest]] = shapely.get_point(widest, 0)
    return spots


def _is_own(codes: Any, counties: tuple[str, ...]) -> Any:  # noqa: ANN401
    own = {county.code for division in find_divisions(*counties) for county in counties_of(division)}
    return np.isin(codes, sorted(own))


def _is_mostly_inside(outlines: Shapes, boundary: BaseGeometry) -> Any:  # noqa: ANN401
    """An outline drawn by an office never follows those of the counties exactly."""
    return shapely.area(shapely.intersection(outlines, boundary)) > INSIDE_SHARE * shapely.area(outlines)
