"""Lines and areas: what is put right, and what cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS

from etl.noun import Shape
from etl.position import placing
from etl.shapes import Area, place_shape, shape_of

AREA = Area(106.0, 34.0, 109.0, 37.0)
SQUARE = shapely.box(107.0, 35.0, 107.1, 35.1)
BOW_TIE = shapely.Polygon([(107.0, 35.0), (107.1, 35.1), (107.1, 35.0), (107.0, 35.1)])
METRES = CRS.from_epsg(4544)  # CGCS2000, 3-degree zone, 105 E


def placed(geometry: Any, shape: Shape = Shape.POLYGON, crs: CRS | None = None, datum: str = "wgs84") -> Any:
    return place_shape(geometry, shape=shape, place=placing(crs, datum), has_crs=crs is not None, area=AREA)


def test_what_is_in_order_stays_as_it_is() -> None:
    found = placed(SQUARE)
    assert (found.geometry, found.fault, found.repairs) == (SQUARE, None, [])


def test_a_bow_tie_keeps_both_its_halves() -> None:
    found = placed(BOW_TIE)
    assert found.geometry.is_valid
    assert found.geometry.area == pytest.approx(SQUARE.area / 2)
    assert found.repairs == ["shape_made_valid"]


def test_exchanged_axes_are_put_right() -> None:
    crossed = shapely.transform(SQUARE, lambda xy: xy[:, ::-1])
    found = placed(crossed)
    assert found.geometry.equals(SQUARE)
    assert found.repairs == ["position_swapped"]


def test_metres_of_a_declared_system_are_converted() -> None:
    from pyproj import Transformer  # noqa: PLC0415

    there = Transformer.from_crs(4326, METRES, always_xy=True)
    metres = shapely.transform(SQUARE, lambda xy: np.column_stack(there.transform(*xy.T)))
    found = placed(metres, crs=METRES)
    assert shapely.hausdorff_distance(found.geometry, SQUARE) < 1e-7
    assert placed(metres).fault == "position_in_metres"


def test_a_closed_line_is_taken_as_an_area() -> None:
    found = placed(SQUARE.exterior)
    assert found.geometry.equals(SQUARE)
    assert found.repairs == ["line_made_area"]


@pytest.mark.parametrize(
    ("geometry", "shape", "fault"),
    [
        (None, Shape.POLYGON, "shape_missing"),
        (shapely.Polygon(), Shape.POLYGON, "shape_missing"),
        (shapely.Polygon([(107, 35), (107.1, 35.1), (107, 35)]), Shape.POLYGON, "shape_collapsed"),
        (shapely.Point(107, 35), Shape.POLYGON, "shape_not_area"),
        (shapely.LineString([(107, 35), (107.1, 35)]), Shape.POLYGON, "shape_not_area"),
        (SQUARE, Shape.LINE, "shape_not_line"),
        (shapely.LineString([(107, 35), (107, 35)]), Shape.LINE, "shape_collapsed"),
        (shapely.box(121.0, 31.0, 121.1, 31.1), Shape.POLYGON, "position_outside"),
        (shapely.box(-179.9, 34.5, 179.9, 36.0), Shape.POLYGON, "shape_across_antimeridian"),
        (shapely.Polygon([(107, 35), (np.inf, 35.1), (107.1, 35)]), Shape.POLYGON, "shape_not_finite"),
    ],
)  # fmt: skip
def test_what_cannot_be_mended_is_named(geometry: Any, shape: Shape, fault: str) -> None:
    assert placed(geometry, shape).fault == fault


def test_parts_of_a_collection_that_fit_are_kept() -> None:
    mixed = shapely.GeometryCollection([SQUARE, shapely.Point(107, 35), shapely.box(107.2, 35, 107.3, 35.1)])
    assert placed(mixed).geometry.geom_type == "MultiPolygon"
    line = shapely.MultiLineString([[(107, 35), (107.1, 35)], [(107.1, 35), (107.2, 35)]])
    assert placed(line, Shape.LINE).geometry.geom_type == "LineString"


def test_heights_are_left_out() -> None:
    assert not placed(shapely.Polygon([(107, 35, 9), (107.1, 35, 9), (107.1, 35.1, 9)])).geometry.has_z


def test_text_nested_beyond_reason_is_not_parsed() -> None:
    assert shape_of(None, "GEOMETRYCOLLECTION(" * 100_000) is None
    assert shape_of(None, "POLYGON((107 35, 107.1 35, 107.1 35.1, 107 35))") is not None
    assert shape_of(None, "POLYGON((107 35") is None
