"""GeoJSON: a collection, a single feature or one feature a line, with every value as it was written."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import shape

from etl.reading.json_stream import DECODER, MAX_PIECE_CHARACTERS, JsonStream, encoding_of
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import (
    MAX_COLUMNS,
    UNREADABLE_FEATURE,
    UNREADABLE_GEOMETRY,
    Row,
    as_text,
    batches_of,
    column_names,
)
from etl.reading.wkb_guard import point_bytes
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_GEOMETRY_TYPES: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_FEATURE_MEMBERS: Final = frozenset({"type", "geometry", "properties", "id", "bbox"})
_BROKEN: Final = object()
_BROKEN_SHAPE: Final = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
    shapely.errors.ShapelyError,
    OverflowError,
    struct.error,
)


@dataclass
class Outline:
    """What a first look over the whole file finds."""

    keys: dict[str, None] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    has_ids: bool = False
    repeated_ids: int = 0
    other_members: dict[str, None] = field(default_factory=dict)
    features: int = 0


def read_geojson(path: Path, file: str) -> list[RawTable]:
    """One table of the file's features; where it names no coordinate system they are WGS-84 degrees."""
    by_line = is_one_a_line(path)
    head: dict[str, Any] = {}
    outline = _look_over(_features(path, file, by_line=by_line, head=head), file)
    notes: list[Message] = _notes(outline, file)
    keys = list(outline.keys)
    written = [*keys, "id" if "id" not in keys else "feature_id"] if outline.has_ids else keys
    names = column_names(written, file, notes)
    crs = declared_crs(head, file, notes)

    def rows() -> Iterator[Row]:
        for number, feature in enumerate(_features(path, file, by_line=by_line, head={}), start=1):
            yield _row(number, feature, keys, has_ids=outline.has_ids)

    batches = batches_of(rows(), names, has_geometry=True, notes=notes)
    return [RawTable(file, None, names, batches, has_geometry=True, crs=crs, notes=notes)]


def is_one_a_line(path: Path) -> bool:
    """Whether each line is a feature of its own."""
    with path.open(encoding=encoding_of(path), errors="surrogateescape") as stream:
        first = stream.readline(MAX_PIECE_CHARACTERS)
        if first.startswith("\x1e"):
            return True
        try:
            feature = DECODER.decode(first.strip())
        except (ValueError, RecursionError):
            return False
        if not isinstance(feature, dict) or "features" in feature:
            return False
        return any(line.strip() for line in iter(lambda: stream.readline(1024), ""))


def shape_bytes(geometry: object) -> bytes | None:
    """A GeoJSON geometry as well-known binary; raises where it is none."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRY_TYPES:
        raise ValueError
    if geometry["type"] == "Point" and geometry.get("coordinates"):
        x, y = geometry["coordinates"][:2]
        return point_bytes(x, y)
    try:
        made = shape(geometry)
    except _BROKEN_SHAPE:
        made = shape(_flattened(geometry))
    return None if made.is_empty else bytes(shapely.to_wkb(made))


def declared_crs(head: dict[str, Any], file: str, notes: list[Message]) -> str | None:
    """What the crs member names; WGS-84 where there is none."""
    if "crs" not in head:
        return "EPSG:4326"
    crs = head["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str):
        if re.search(r"CRS:?84\b", name, re.IGNORECASE):
            return "EPSG:4326"
        if code := re.fullmatch(r"(?:urn:(?:x-)?ogc:def:crs:)?EPSG:[\w.]*?:?(\d{4,6})", name.strip(), re.IGNORECASE):
            return f"EPSG:{code[1]}"
    notes.append(
        Message(
            "{file} names a coordinate system that is not known: {written}. State it in sources.toml.",
            {"file": file, "written": json.dumps(crs, ensure_ascii=False)[:200]},
        )
    )
    return None


def _features(path: Path, file: str, *, by_line: bool, head: dict[str, Any]) -> Iterator[Any]:
    return _lines(path, file) if by_line else _collection(path, file, head)


def _collection(path: Path, file: str, head: dict[str, Any]) -> Iterator[Any]:
    with JsonStream(path, file) as stream:
        if not stream.take("{"):
            raise stream.broken()
        if not stream.take("}"):
            yield from _members(stream, head)
        if stream.peek():
            raise stream.broken()
    if "features" not in head:
        yield _lone_feature(head, file)


def _members(stream: JsonStream, head: dict[str, Any]) -> Iterator[Any]:
    while True:
        key = stream.value()
        if not isinstance(key, str) or not stream.take(":"):
            raise stream.broken()
        if key == "features" and stream.peek() == "[":
            head[key] = None
            yield from stream.items()
        else:
            head[key] = stream.value()
        if stream.take("}"):
            return
        if not stream.take(","):
            raise stream.broken()


def _lone_feature(head: dict[str, Any], file: str) -> dict[str, Any]:
    if str(head.get("type")) in _GEOMETRY_TYPES:
        return {"type": "Feature", "geometry": head, "properties": {}}
    if head.get("type") == "Feature":
        return head
    raise Refusal("{file} is JSON but holds no features. Export it as GeoJSON.", file=file)


def _lines(path: Path, file: str) -> Iterator[Any]:
    with path.open(encoding=encoding_of(path), errors="surrogateescape") as stream:
        while line := stream.readline(MAX_PIECE_CHARACTERS):
            if len(line) == MAX_PIECE_CHARACTERS:
                raise Refusal(
                    "{file} holds one feature of more than {limit_mb} MB. Simplify its shape or split it.",
                    file=file,
                    limit_mb=MAX_PIECE_CHARACTERS // 1024**2,
                )
            text = line.strip(" \t\r\n\x1e\ufeff")
            if not text:
                continue
            try:
                yield DECODER.decode(text)
            except (ValueError, RecursionError):
                yield _BROKEN


def _look_over(features: Iterable[Any], file: str) -> Outline:
    outline = Outline()
    for feature in features:
        outline.features += 1
        if not isinstance(feature, dict):
            continue
        properties = feature.get("properties")
        if isinstance(properties, dict):
            outline.keys.update(dict.fromkeys(properties))
        outline.other_members.update(dict.fromkeys(key for key in feature if key not in _FEATURE_MEMBERS))
        if "id" in feature:
            _note_id(outline, as_text(feature["id"]) or "")
        if len(outline.keys) > MAX_COLUMNS or len(outline.other_members) > MAX_COLUMNS:
            column_names(list(outline.keys or outline.other_members), file, [])
            break
    return outline


def _note_id(outline: Outline, written: str) -> None:
    outline.has_ids = True
    outline.repeated_ids += written in outline.ids
    outline.ids.add(written)


def _notes(outline: Outline, file: str) -> list[Message]:
    notes: list[Message] = []
    if outline.repeated_ids:
        notes.append(
            Message(
                "In {file} {count} features carry an id that another feature carries too; all were read.",
                {"file": file, "count": outline.repeated_ids},
            )
        )
    if outline.other_members:
        members = ", ".join(list(outline.other_members)[:10])
        notes.append(
            Message(
                "In {file} the features hold more than shape and properties; this was not read: {members}.",
                {"file": file, "members": members},
            )
        )
    return notes


def _row(number: int, feature: object, keys: list[str], *, has_ids: bool) -> Row:
    width = len(keys) + has_ids
    if not isinstance(feature, dict) or feature.get("type") not in ("Feature", None):
        return Row(number, UNREADABLE_FEATURE, None, [None] * width)
    properties = feature.get("properties")
    held = properties if isinstance(properties, dict) else {}
    values = [as_text(held.get(key)) for key in keys]
    if has_ids:
        values.append(as_text(feature.get("id")))
    fault = None if properties is None or isinstance(properties, dict) else UNREADABLE_FEATURE
    try:
        return Row(number, fault, shape_bytes(feature.get("geometry")), values)
    except _BROKEN_SHAPE:
        return Row(number, fault or UNREADABLE_GEOMETRY, None, values)


def _flattened(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry with only the first two numbers of each position."""
    if geometry["type"] == "GeometryCollection":
        return {**geometry, "geometries": [_flattened(part) for part in geometry["geometries"]]}
    return {**geometry, "coordinates": _first_two(geometry["coordinates"])}


def _first_two(part: Any) -> Any:  # noqa: ANN401  (numbers in lists of any depth)
    if part and not isinstance(part[0], list):
        return [float(part[0]), float(part[1])]
    return [_first_two(one) for one in part]
