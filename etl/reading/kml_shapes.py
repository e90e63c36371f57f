"""The shape of a KML placemark as well-known binary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from etl.reading.wkb_guard import point_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]

SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"})


def shape_of(placemark: Element) -> bytes | None:
    """The shape, several as a collection, or None where there is none; raises where it cannot be read."""
    if (point := placemark.find("Point")) is not None and not _has_more(placemark):
        positions = _positions(point)
        return point_bytes(*positions[0]) if positions else None
    shapes = list(_shapes(placemark))
    if not shapes:
        return None
    made = shapes[0] if len(shapes) == 1 else _gathered(shapes)
    return bytes(shapely.to_wkb(made))


def _has_more(placemark: Element) -> bool:
    return sum(one.tag in SHAPES for one in placemark) > 1


def _shapes(element: Element) -> Iterator[BaseGeometry]:
    for one in element:
        if one.tag == "Point":
            for position in _positions(one)[:1]:
                yield shapely.Point(position)
        elif one.tag in ("LineString", "LinearRing"):
            if positions := _positions(one):
                yield shapely.LineString(positions)
        elif one.tag == "Polygon":
            yield from _polygon(one)
        elif one.tag == "Track":
            if positions := [_position(part.text or "", None) for part in one.iter("coord")]:
                yield shapely.LineString(positions) if len(positions) > 1 else shapely.Point(positions[0])
        elif one.tag in ("MultiGeometry", "MultiTrack"):
            yield from _shapes(one)


def _polygon(element: Element) -> Iterator[BaseGeometry]:
    outer = [_positions(one) for one in element if one.tag == "outerBoundaryIs"]
    inner = [_positions(ring) for one in element if one.tag == "innerBoundaryIs" for ring in one]
    if outer and outer[0]:
        yield shapely.Polygon(outer[0], [ring for ring in inner if ring])


def _gathered(shapes: list[BaseGeometry]) -> BaseGeometry:
    kinds = {one.geom_type for one in shapes}
    if kinds == {"Point"}:
        return shapely.MultiPoint([one for one in shapes if isinstance(one, shapely.Point)])
    if kinds == {"LineString"}:
        return shapely.MultiLineString([one for one in shapes if isinstance(one, shapely.LineString)])
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon([one for one in shapes if isinstance(one, shapely.Polygon)])
    return shapely.GeometryCollection(shapes)


def _positions(element: Element) -> list[Position]:
    written = " ".join(one.text or "" for one in element.iter("coordinates"))
    # Some programs write a blank after the comma.
    tidied = ",".join(part.strip() for part in written.split(","))
    return [_position(one, ",") for one in tidied.split()]


def _position(written: str, separator: str | None) -> Position:
    numbers = written.split(separator)
    return float(numbers[0]), float(numbers[1])
