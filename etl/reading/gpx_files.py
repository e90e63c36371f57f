"""GPX: waypoints, track points and route points, each a table with every value as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from etl.reading.raw_table import RawTable
from etl.reading.row_batches import MAX_COLUMNS, UNREADABLE_GEOMETRY, Row, batches_of, column_names
from etl.reading.wkb_guard import point_bytes
from etl.reading.xml_guard import Ancestor, elements
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_SHEETS: Final = {"wpt": "waypoints", "trkpt": "track_points", "rtept": "route_points"}
_WANTED: Final = frozenset({*_SHEETS, "name"})
_NAMED: Final = ("trk", "rte")


def read_gpx(path: Path, file: str) -> list[RawTable]:
    """A table for each kind of point that the file holds; a track's name and segment are columns."""
    keys: dict[str, dict[str, None]] = {}
    names: dict[int, str] = {}
    for around, element in elements(path, file, _WANTED):
        if element.tag in _SHEETS:
            found = keys.setdefault(element.tag, {})
            found.update(dict.fromkeys(_values(element)))
            if len(found) > MAX_COLUMNS:
                column_names(list(found), file, [])
        elif around and around[-1].name in _NAMED:
            names[around[-1].serial] = element.text or ""
    if not keys:
        raise Refusal("{file} holds no waypoints and no track points.", file=file)
    return [_table(path, file, tag, list(keys[tag]), names) for tag in _SHEETS if tag in keys]


def _table(path: Path, file: str, tag: str, keys: list[str], names: dict[int, str]) -> RawTable:
    notes: list[Message] = []
    leading = [] if tag == "wpt" else ["track", "segment"]
    columns = column_names([*leading, *keys], file, notes)

    def rows() -> Iterator[Row]:
        number = 0
        for around, element in elements(path, file, _WANTED):
            if element.tag == tag:
                number += 1
                values = _values(element)
                place = _track(around, names) if leading else []
                fault, shape = _point(element)
                yield Row(number, fault, shape, [*place, *(values.get(key) for key in keys)])

    batches = batches_of(rows(), columns, has_geometry=True, notes=notes)
    return RawTable(file, _SHEETS[tag], columns, batches, has_geometry=True, crs="EPSG:4326", notes=notes)


def _values(element: Element) -> dict[str, str]:
    """The attributes and every text below, by the name of its element; a second of one name is numbered."""
    values = dict(element.attrib)
    for one in element.iter():
        text = (one.text or "").strip() or one.get("href", "")
        if one is not element and text:
            key, number = one.tag, 1
            while key in values and number < MAX_COLUMNS:
                number += 1
                key = f"{one.tag}_{number}"
            values[key] = text
    return values


def _track(around: tuple[Ancestor, ...], names: dict[int, str]) -> list[str | None]:
    track = next((names.get(one.serial) for one in around if one.name in _NAMED), None)
    segment = next((str(one.serial) for one in around if one.name == "trkseg"), None)
    return [track, segment]


def _point(element: Element) -> tuple[str | None, bytes | None]:
    try:
        return None, point_bytes(float(element.get("lon", "")), float(element.get("lat", "")))
    except ValueError:
        return UNREADABLE_GEOMETRY, None
