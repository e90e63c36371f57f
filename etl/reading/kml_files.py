"""KML, KMZ and Ovital's .ovkml: placemarks with their folders, and the datum that Ovital writes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zipfile import is_zipfile

import shapely

from etl.reading.archives import open_archive
from etl.reading.kml_shapes import SHAPES, shape_of
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import MAX_COLUMNS, UNREADABLE_GEOMETRY, Row, batches_of, column_names
from etl.reading.xml_guard import Ancestor, elements
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_WANTED: Final = frozenset({"Placemark", "name", "OvCoordType", "NetworkLink", "GroundOverlay", "Style", "StyleMap"})
_CONTAINERS: Final = ("Folder", "Document")
_NOT_TEXT: Final = SHAPES | {"Style", "StyleMap", "LookAt", "Camera", "OvAttr", "OvStyle"}
_TEXT_CHILDREN: Final = ("name", "description", "address", "phoneNumber", "Snippet", "visibility")
_DATUMS: Final = {
    "gcj02": "gcj02",
    "wgs84": "wgs84",
    "cgcs2000": "cgcs2000",
    "bd09": "bd09",
    "bd09ll": "bd09",
}
_FOLDER: Final = "folder"
_MAX_NAMED: Final = 5


@dataclass
class Outline:
    """What a first look over the whole file finds; folders and datums are keyed by their element's serial."""

    keys: dict[str, None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    written_datums: dict[int, str] = field(default_factory=dict)
    datums: dict[str, None] = field(default_factory=dict)  # none stands as empty
    unknown_datums: list[str] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)


def read_kml(path: Path, file: str) -> list[RawTable]:
    """A table of the placemarks; where Ovital marks them with several datums, a table for each."""
    if not is_zipfile(path):
        return _tables(path, None, file)
    with open_archive(path, file) as unpacked:
        inside = [
            one.relative_to(unpacked.folder) for one in unpacked.files if one.suffix.lower() in (".kml", ".ovkml")
        ]
        if not inside:
            raise Refusal("{file} is a packed file without any KML in it.", file=file)
    return [table for one in inside for table in _tables(path, one, file if len(inside) == 1 else f"{file}/{one}")]


@contextmanager
def _opened(path: Path, inside: Path | None, file: str) -> Iterator[Path]:
    if inside is None:
        yield path
    else:
        with open_archive(path, file) as unpacked:
            yield unpacked.folder / inside


def _tables(path: Path, inside: Path | None, file: str) -> list[RawTable]:
    with _opened(path, inside, file) as real:
        outline = _look_over(real, file)
    if not outline.datums:
        raise Refusal("{file} holds no placemarks.", file=file)
    notes = _notes(outline, file)
    keys = list(outline.keys)
    columns = column_names([_FOLDER, *keys], file, notes)
    return [
        _table(path, inside, file, outline=outline, datum=datum, columns=columns, notes=list(notes))
        for datum in outline.datums
    ]


def _table(
    path: Path,
    inside: Path | None,
    file: str,
    *,
    outline: Outline,
    datum: str,
    columns: list[str],
    notes: list[Message],
) -> RawTable:
    keys = list(outline.keys)

    def rows() -> Iterator[Row]:
        number = 0
        with _opened(path, inside, file) as real:
            for around, element in elements(real, file, _WANTED):
                if element.tag == "Placemark":
                    number += 1
                    if _datum(_own_datum(element) or _inherited(around, outline)) == datum:
                        yield _row(number, around, element, keys, outline)

    sheet = None if len(outline.datums) == 1 else datum or "-"
    batches = batches_of(rows(), columns, has_geometry=True, notes=notes)
    return RawTable(file, sheet, columns, batches, has_geometry=True, crs="EPSG:4326", datum=datum or None, notes=notes)


def _look_over(path: Path, file: str) -> Outline:
    outline = Outline()
    placemarks: list[tuple[tuple[Ancestor, ...], str]] = []
    for around, element in elements(path, file, _WANTED):
        if element.tag == "Placemark":
            outline.keys.update(dict.fromkeys(key for key, _ in _texts(element)))
            placemarks.append((around, _own_datum(element)))
            if len(outline.keys) > MAX_COLUMNS:
                column_names(list(outline.keys), file, [])
        elif element.tag == "name" and around and around[-1].name in _CONTAINERS:
            outline.names[around[-1].serial] = (element.text or "").strip()
        elif element.tag == "OvCoordType" and around:
            outline.written_datums[around[-1].serial] = (element.text or "").strip()
        elif element.tag in ("NetworkLink", "GroundOverlay"):
            outline.passed_over[element.tag] = outline.passed_over.get(element.tag, 0) + 1
    written = dict.fromkeys(own or _inherited(around, outline) for around, own in placemarks)
    outline.datums = dict.fromkeys(_datum(one) for one in written)
    outline.unknown_datums = [one for one in written if one and not _datum(one)]
    return outline


def _notes(outline: Outline, file: str) -> list[Message]:
    notes: list[Message] = []
    for kind, count in outline.passed_over.items():
        note = Message(
            "{file} refers to {count} other files or pictures ({kind}); they were not opened.",
            {"file": file, "count": count, "kind": kind},
        )
        notes.append(note)
    for written in outline.unknown_datums[:_MAX_NAMED]:
        text = 'In {file} the coordinate type "{written}" is not known. State the datum in sources.toml.'
        notes.append(Message(text, {"file": file, "written": written[:80]}))
    return notes


def _row(number: int, around: tuple[Ancestor, ...], element: Element, keys: list[str], outline: Outline) -> Row:
    texts = dict(_texts(element))
    folders = [outline.names.get(one.serial, "") for one in around if one.name == "Folder"]
    values = ["/".join(name for name in folders if name) or None, *(texts.get(key) for key in keys)]
    try:
        return Row(number, None, shape_of(element), values)
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        return Row(number, UNREADABLE_GEOMETRY, None, values)


def _texts(placemark: Element) -> Iterator[tuple[str, str | None]]:
    """Every text of the placemark with the name it goes by; of two alike the first stands."""
    seen: set[str] = set()
    for key, text in _written_texts(placemark):
        name, number = key, 1
        while name in seen and number < MAX_COLUMNS:
            number += 1
            name = f"{key}_{number}"
        seen.add(name)
        yield name, text


def _written_texts(placemark: Element) -> Iterator[tuple[str, str | None]]:
    if "id" in placemark.attrib:
        yield "id", placemark.get("id")
    for child in placemark:
        if child.tag in _TEXT_CHILDREN or (child.tag not in _NOT_TEXT and not len(child) and child.text):
            yield child.tag, (child.text or "").strip() or None
        elif child.tag in ("TimeStamp", "TimeSpan", "ExtendedData"):
            yield from _data(child)


def _data(element: Element) -> Iterator[tuple[str, str | None]]:
    for one in element.iter():
        if one.tag == "Data":
            yield one.get("name", "Data"), _text(one.find("value"))
        elif one.tag == "SimpleData":
            yield one.get("name", "SimpleData"), _text(one)
        elif one.tag in ("when", "begin", "end"):
            yield one.tag, _text(one)


def _text(element: Element | None) -> str | None:
    return None if element is None else (element.text or "").strip() or None


def _own_datum(placemark: Element) -> str:
    return next(((one.text or "").strip() for one in placemark.iter("OvCoordType")), "")


def _inherited(around: tuple[Ancestor, ...], outline: Outline) -> str:
    return next(
        (outline.written_datums[one.serial] for one in reversed(around) if one.serial in outline.written_datums),
        "",
    )


def _datum(written: str) -> str:
    """The datum that Ovital's words mean, or nothing."""
    return _DATUMS.get("".join(one for one in written.lower() if one.isalnum()), "")
