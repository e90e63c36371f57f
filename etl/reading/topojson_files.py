"""TopoJSON: each object a table, its shapes put together from the arcs they share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from etl.reading.json_stream import DECODER, encoding_of
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import UNREADABLE_GEOMETRY, Row, as_text, batches_of, column_names
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

MAX_BYTES: Final = 16 * 1024**2  # the whole is held in memory
_MAX_POINTS: Final = 5_000_000  # in one shape: a small file can name the same long arc a million times
_MAX_NESTING: Final = 8
_BROKEN: Final = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    shapely.errors.ShapelyError,
)
Arc = npt.NDArray[np.float64]


class Topology:
    """The arcs of a file in its own coordinates."""

    def __init__(self, written: dict[str, Any]) -> None:
        transform = written.get("transform") or {}
        self._scale = np.array(transform.get("scale", (1.0, 1.0)), dtype=float)
        self._shift = np.array(transform.get("translate", (0.0, 0.0)), dtype=float)
        self._is_stepwise = bool(transform)
        self._arcs = [self._arc(one) for one in written.get("arcs", ())]
        self._points_left = 0

    def shape(self, written: dict[str, Any]) -> BaseGeometry | None:
        """The shape that an object describes; raises where it cannot be put together."""
        self._points_left = _MAX_POINTS
        return self._part(written, 0)

    def _part(self, written: dict[str, Any], depth: int) -> BaseGeometry | None:
        kind, arcs = written.get("type"), written.get("arcs", [])
        if depth > _MAX_NESTING:
            raise ValueError
        if kind is None:
            return None
        if kind == "GeometryCollection":
            return shapely.GeometryCollection([self._part(one, depth + 1) for one in written["geometries"]])
        return self._single(str(kind), written, arcs)

    def _single(self, kind: str, written: dict[str, Any], arcs: list[Any]) -> BaseGeometry:
        if kind in ("Point", "MultiPoint"):
            positions = np.array(written["coordinates"], dtype=float) * self._scale + self._shift
            return shapely.Point(positions) if kind == "Point" else shapely.MultiPoint(positions)
        if kind == "LineString":
            return shapely.LineString(self._line(arcs))
        if kind == "MultiLineString":
            return shapely.MultiLineString([self._line(one) for one in arcs])
        if kind == "Polygon":
            return self._polygon(arcs)
        if kind == "MultiPolygon":
            return shapely.MultiPolygon([self._polygon(one) for one in arcs])
        raise ValueError

    def _polygon(self, rings: list[list[int]]) -> shapely.Polygon:
        made = [self._line(ring) for ring in rings]
        return shapely.Polygon(made[0], made[1:]) if made else shapely.Polygon()

    def _line(self, numbers: list[int]) -> Arc:
        pieces: list[Arc] = []
        for number in numbers:
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            self._points_left -= len(arc)
            if self._points_left < 0:
                raise ValueError
            pieces.append(arc[1:] if pieces else arc)
        return np.concatenate(pieces)

    def _arc(self, written: list[list[float]]) -> Arc:
        positions = np.array([one[:2] for one in written], dtype=float).reshape(-1, 2)
        walked = positions.cumsum(axis=0) if self._is_stepwise else positions
        placed: Arc = walked * self._scale + self._shift
        return placed


def read_topojson(path: Path, file: str) -> list[RawTable]:
    """A table for each object; the format names no coordinate system."""
    if path.stat().st_size > MAX_BYTES:
        raise Refusal(
            "{file} is a TopoJSON file of more than {limit_mb} MB. Convert it to GeoJSON.",
            file=file,
            limit_mb=MAX_BYTES // 1024**2,
        )
    try:
        written = DECODER.decode(path.read_text(encoding_of(path), errors="surrogateescape").strip())
        objects = {str(name): _members(one) for name, one in written["objects"].items()}
        topology = Topology(written)
    except (*_BROKEN, RecursionError, json.JSONDecodeError) as wrong:
        raise Refusal(
            "{file} is cut off or is no proper JSON. Export it again from the program it comes from.",
            file=file,
        ) from wrong
    return [_table(file, name, topology, members) for name, members in objects.items()]


def _members(one: dict[str, Any]) -> list[dict[str, Any]]:
    members = one["geometries"] if one.get("type") == "GeometryCollection" else [one]
    if not all(isinstance(member, dict) for member in members):
        raise TypeError
    return list(members)


def _table(file: str, name: str, topology: Topology, members: list[dict[str, Any]]) -> RawTable:
    notes: list[Message] = []
    held = [one["properties"] if isinstance(one.get("properties"), dict) else {} for one in members]
    keys = list(dict.fromkeys(key for one in held for key in one))
    has_ids = any("id" in one for one in members)
    columns = column_names([*keys, *(["id" if "id" not in keys else "feature_id"] if has_ids else [])], file, notes)

    def rows() -> Iterator[Row]:
        for number, (member, properties) in enumerate(zip(members, held, strict=True), start=1):
            values = [as_text(properties.get(key)) for key in keys]
            fault, shape = _shape(topology, member)
            yield Row(number, fault, shape, [*values, as_text(member.get("id"))] if has_ids else values)

    batches = batches_of(rows(), columns, has_geometry=True, notes=notes)
    return RawTable(file, name, columns, batches, has_geometry=True, crs=None, notes=notes)


def _shape(topology: Topology, member: dict[str, Any]) -> tuple[str | None, bytes | None]:
    try:
        shape = topology.shape(member)
    except _BROKEN:
        return UNREADABLE_GEOMETRY, None
    return None, bytes(shapely.to_wkb(shape)) if shape is not None else None
