"""The outline of a place: of counties by code or name, or from a file."""

from __future__ import annotations

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from etl.datum import Datum
from etl.divisions import find_divisions
from etl.manifest import Manifest
from etl.noun import Shape
from etl.position import coordinate_system, placing
from etl.projection import LocalProjection
from etl.reading.open_file import open_tables
from etl.reading.place_paths import files_of
from etl.reading.raw_table import GEOMETRY
from etl.shapes import Area, place_shape, shape_of
from wording import Refusal

WORLD = Area(-180.0, -90.0, 180.0, 90.0)
METRES_PER_KM = 1000.0


def boundary_of(manifest: Manifest, also: tuple[Path, ...] = ()) -> BaseGeometry:
    """The place's outline in WGS-84."""
    if manifest.place.counties:
        return shapely.union_all([division.outline for division in find_divisions(*manifest.place.counties)])
    name = manifest.place.boundary_file or ""
    shapes = [shape for path in files_of(manifest.folder, name, also) for shape in _areas(path, name)]
    if not shapes:
        raise Refusal("{file} holds no area that could be the outline of the place.", file=name)
    return shapely.union_all(shapes)


def area_around(boundary: BaseGeometry, margin_km: float) -> Area:
    """The box in which rows may lie: the outline's own, widened by the place's margin."""
    projection = LocalProjection.around(boundary)
    west, south, east, north = boundary.bounds
    corners = projection.to_metres(shapely.multipoints([(west, south), (west, north), (east, south), (east, north)]))
    left, bottom, right, top = shapely.buffer(corners, margin_km * METRES_PER_KM).bounds
    wide = projection.to_degrees(shapely.multipoints([(left, bottom), (left, top), (right, bottom), (right, top)]))
    # Of a place as wide as a country the corners lie nearer to the equator than the middle of its side.
    return Area(*shapely.union(wide, shapely.box(west, south, east, north)).bounds)


def _areas(path: Path, file: str) -> list[BaseGeometry]:
    found = []
    with open_tables(path, file, lambda _cells: 0) as (tables, _notes):
        for table in tables:
            if not table.has_geometry:
                continue
            crs = coordinate_system(table.crs, file)
            place = placing(crs, table.datum or Datum.WGS84)
            for batch in table.batches:
                for wkb in batch.column(GEOMETRY).to_pylist():
                    placed = place_shape(
                        shape_of(wkb, None),
                        shape=Shape.POLYGON,
                        place=place,
                        has_crs=crs is not None,
                        area=WORLD,
                    )
                    found += [placed.geometry] if placed.geometry is not None else []
    return found
