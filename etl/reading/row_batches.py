"""Rows of text and geometry, gathered into the Arrow batches that every table is handed on in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import shapely

from etl.reading.raw_table import batch_schema
from etl.reading.wkb_guard import is_sound
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNREADABLE_GEOMETRY = "unreadable_geometry"
UNREADABLE_FEATURE = "unreadable_feature"
UNREADABLE_TEXT = "unreadable_bytes"

BATCH_ROWS = 4_096
BATCH_CHARACTERS = 16 * 1024**2
MAX_COLUMNS = 2_000

_RESERVED = ("_row", "_fault", "_geometry")
_SIMPLE_TYPES = (0, 1, 3, 4, 5, 6, 7)  # points, lines, polygons and their collections; no curves


class Row(NamedTuple):
    """One row as it was written: its number, the rule it breaks already, its shape and its texts."""

    number: int
    fault: str | None
    geometry: bytes | None
    values: Sequence[str | None]


def batches_of(
    rows: Iterable[Row], columns: list[str], *, has_geometry: bool, notes: list[Message]
) -> Iterator[pa.RecordBatch]:
    """The rows in batches of bounded size; shapes are laid flat, empty ones become null."""
    waiting: list[Row] = []
    characters = 0
    for row in rows:
        waiting.append(row)
        characters += len(row.geometry or b"") + sum(len(value) for value in row.values if value)
        if len(waiting) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield _batch(waiting, columns, has_geometry=has_geometry, notes=notes)
            waiting, characters = [], 0
    if waiting:
        yield _batch(waiting, columns, has_geometry=has_geometry, notes=notes)


def column_names(written: Sequence[str], file: str, notes: list[Message]) -> list[str]:
    """Names that a database keeps apart: none empty, none twice (in either case), none of our own."""
    if len(written) > MAX_COLUMNS:
        raise Refusal(
            "{file} has {columns} columns; at most {limit} can be read. Remove the ones you do not need.",
            file=file,
            columns=len(written),
            limit=MAX_COLUMNS,
        )
    taken = set(_RESERVED)
    names: list[str] = []
    for number, one in enumerate(written, start=1):
        cleaned = _storable(one).replace("\0", "").strip()
        name = _free(cleaned or f"column_{number}", taken)
        taken.add(name.casefold())
        names.append(name)
        if name != one.strip():
            notes.append(
                Message(
                    'In {file} the column "{written}" is called "{name}" here, because its name is empty, '
                    "taken or not usable.",
                    {"file": file, "written": _storable(one), "name": name},
                )
            )
    return names


def as_text(value: Any) -> str | None:  # noqa: ANN401  (whatever a file may hold)
    """A value as text that loses nothing: exact whole numbers, true and false, lists as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return json.dumps(value, ensure_ascii=False, default=str)


def add_once(notes: list[Message], note: Message) -> None:
    if note not in notes:
        notes.append(note)


def _free(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    number = 2
    while f"{name}_{number}".casefold() in taken:
        number += 1
    return f"{name}_{number}"


def _batch(rows: list[Row], columns: list[str], *, has_geometry: bool, notes: list[Message]) -> pa.RecordBatch:
    faults = [row.fault for row in rows]
    texts = [_text_column([row.values[place] for row in rows], faults) for place in range(len(columns))]
    leading = [pa.array([row.number for row in rows], pa.int64())]
    if has_geometry:
        shapes = pa.array(_flat([row.geometry for row in rows], faults, notes), pa.binary())
        leading += [pa.array(faults, pa.string()), shapes]
    else:
        leading.append(pa.array(faults, pa.string()))
    schema = batch_schema(columns, has_geometry=has_geometry)
    return pa.RecordBatch.from_arrays(leading + texts, schema=schema)


def _text_column(values: list[str | None], faults: list[str | None]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        for place, value in enumerate(values):
            if value is not None and _storable(value) != value:
                faults[place] = faults[place] or UNREADABLE_TEXT
                values[place] = _storable(value)
        return pa.array(values, pa.string())


def _storable(text: str) -> str:
    """The text with what is no character (half of a pair, a stray byte) replaced by the sign for it."""
    return "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)


def _flat(written: list[bytes | None], faults: list[str | None], notes: list[Message]) -> list[bytes | None]:
    safe = [one if one is not None and is_sound(one) else None for one in written]
    shapes = shapely.from_wkb(np.array(safe, dtype=object), on_invalid="ignore")
    curved = ~np.isin(shapely.get_type_id(shapes), _SIMPLE_TYPES)
    for place, one in enumerate(written):
        if one is not None and curved[place]:
            faults[place] = faults[place] or UNREADABLE_GEOMETRY
    shapes[curved | shapely.is_empty(shapes)] = None
    if shapely.has_z(shapes).any():
        add_once(notes, Message("Heights were left out: the map is flat."))
    flat: list[bytes | None] = list(shapely.to_wkb(shapely.force_2d(shapes)))
    return flat
