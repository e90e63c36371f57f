"""Shapefiles: the parts that belong together, whichever of them are missing or say something wrong."""

from __future__ import annotations

import mmap
import struct
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from etl.reading.dbf_tables import DbfTable, encoding_of_dbf, is_deleted, open_dbf, text_of
from etl.reading.gdal_drivers import ogr, private_folder, quietly, unreadable
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import UNREADABLE_GEOMETRY, UNREADABLE_TEXT, Row, batches_of, column_names
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER_BYTES: Final = 100
_MAGIC: Final = 9994
_NULL_SHAPE: Final = 0
_LONGEST_NAME_BYTES: Final = 10
_MAX_SIDE_BYTES: Final = 1024**2
_WHOLE: Final = ".shp, .shx, .dbf, .prj, .cpg"


def read_shapefile(path: Path, file: str) -> list[RawTable]:
    """One table: the texts of the .dbf beside the shapes of the .shp, in file order."""
    parts = parts_of(path)
    if ".shp" not in parts:
        raise Refusal(
            "The .shp of {file} is missing. These parts belong together, under one name in one folder: {parts}.",
            file=file,
            parts=_WHOLE,
        )
    notes: list[Message] = []
    offsets = _record_offsets(parts, file)
    if ".shx" not in parts:
        notes.append(Message("The .shx of {file} was missing; it was worked out from the .shp.", {"file": file}))
    if ".prj" not in parts:
        notes.append(Message("The .prj of {file} is missing, so its coordinate system is not known.", {"file": file}))
    table, encoding, columns = _attributes(parts, file, notes)
    rows = _rows(parts[".shp"], offsets, table, encoding=encoding, file=file, notes=notes)
    batches = batches_of(rows, columns, has_geometry=True, notes=notes)
    return [RawTable(file, None, columns, batches, has_geometry=True, crs=_crs(parts), notes=notes)]


def parts_of(path: Path) -> dict[str, Path]:
    """The files of the same name beside it, by their ending in small letters."""
    parts: dict[str, Path] = {}
    for one in sorted(path.parent.iterdir()):
        if one.stem.casefold() == path.stem.casefold() and (one.stem == path.stem or one.suffix.lower() not in parts):
            parts[one.suffix.lower()] = one
    if path.suffix.lower() in (".shp", ".dbf", ".shx") and path.is_file():
        parts[path.suffix.lower()] = path
    real_folder = path.parent.resolve()
    return {ending: one for ending, one in parts.items() if one.is_file() and one.resolve().parent == real_folder}


def _attributes(parts: dict[str, Path], file: str, notes: list[Message]) -> tuple[DbfTable | None, str, list[str]]:
    if ".dbf" not in parts:
        notes.append(Message("The .dbf of {file} is missing: it has shapes but no columns.", {"file": file}))
        return None, "utf-8", []
    table = open_dbf(parts[".dbf"], parts[".dbf"].name)
    encoding = encoding_of_dbf(table, _side_text(parts, ".cpg"), parts[".dbf"].name, notes)
    written = [one.name.decode(encoding, "replace") for one in table.fields]
    cut = [name for name, one in zip(written, table.fields, strict=True) if len(one.name) >= _LONGEST_NAME_BYTES]
    if cut:
        notes.append(
            Message(
                "A shapefile keeps only ten bytes of a column's name; in {file} these may be cut short: {columns}.",
                {"file": file, "columns": ", ".join(cut[:20])},
            )
        )
    if any(one.kind in "MGP" for one in table.fields):
        notes.append(Message("{file} keeps long texts in a separate memo file, which is not read.", {"file": file}))
    return table, encoding, column_names(written, file, notes)


def _record_offsets(parts: dict[str, Path], file: str) -> list[tuple[int, int]]:
    """Place and length of each shape; a file that ends too early is refused as a whole."""
    shapes = parts[".shp"]
    size = shapes.stat().st_size
    with shapes.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
        if len(head) < _HEADER_BYTES or struct.unpack_from(">i", head)[0] != _MAGIC:
            raise unreadable(file)
        offsets, is_whole = ([], True) if size == _HEADER_BYTES else _walk(stream.fileno(), size)
    (declared_words,) = struct.unpack_from(">I", head, 24)
    if not is_whole or size < 2 * declared_words:
        raise Refusal(
            "{file} is cut off or damaged: only {whole} of its {records} shapes are there. Copy all its parts again.",
            file=file,
            whole=len(offsets),
            records=_expected(parts) or "?",
        )
    return offsets


def _walk(descriptor: int, size: int) -> tuple[list[tuple[int, int]], bool]:
    offsets: list[tuple[int, int]] = []
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        at = _HEADER_BYTES
        while at + 12 <= size:
            number, words = struct.unpack_from(">ii", content, at)
            if words < 2 or number != len(offsets) + 1 or at + 8 + 2 * words > size:
                return offsets, False
            offsets.append((at, words))
            at += 8 + 2 * words
    return offsets, at == size


def _expected(parts: dict[str, Path]) -> int | None:
    if ".shx" in parts:
        return max(0, parts[".shx"].stat().st_size - _HEADER_BYTES) // 8
    if ".dbf" in parts:
        with parts[".dbf"].open("rb") as stream:
            return int.from_bytes(stream.read(8)[4:], "little")
    return None


def _index(shapes: Path, offsets: list[tuple[int, int]]) -> bytes:
    """The .shx that fits the .shp, so that a wrong one can lead nowhere."""
    with shapes.open("rb") as stream:
        head = bytearray(stream.read(_HEADER_BYTES))
    struct.pack_into(">i", head, 24, (_HEADER_BYTES + 8 * len(offsets)) // 2)
    return bytes(head) + b"".join(struct.pack(">ii", at // 2, words) for at, words in offsets)


def _rows(
    shapes: Path,
    offsets: list[tuple[int, int]],
    table: DbfTable | None,
    *,
    encoding: str,
    file: str,
    notes: list[Message],
) -> Iterator[Row]:
    records = table.records if table else len(offsets)
    if records != len(offsets):
        notes.append(
            Message(
                "{file} has {shapes} shapes but {records} rows of text; what has no partner was kept alone.",
                {"file": file, "shapes": len(offsets), "records": records},
            )
        )
    fields = table.fields if table else ()
    texts = table.raw_records() if table else iter([b" "] * len(offsets))
    missing = (None, None)
    deleted = 0
    pairs = zip_longest(_geometries(shapes, offsets, file, notes), texts)
    for number, (geometry, record) in enumerate(pairs, start=1):
        if record is not None and is_deleted(record):
            deleted += 1
            continue
        fault, shape = geometry or missing
        values = [text_of(record, one, encoding) if record else None for one in fields]
        if any(value and not value.isascii() and _has_stray_byte(value) for value in values):
            fault = fault or UNREADABLE_TEXT
        yield Row(number, fault, shape, values)
    if deleted:
        notes.append(
            Message(
                "{file} holds {count} rows marked as deleted; they were passed over.",
                {"file": file, "count": deleted},
            )
        )


def _geometries(
    shapes: Path, offsets: list[tuple[int, int]], file: str, notes: list[Message]
) -> Iterator[tuple[str | None, bytes | None]]:
    """A fault or the shape of each record; GDAL sees only shapes, in a folder of our own."""
    if not offsets:
        return
    parts: dict[str, Path | bytes] = {"shapes.shp": shapes, "shapes.shx": _index(shapes, offsets)}
    with private_folder(parts) as folder, shapes.open("rb") as stream:
        source = str(folder / "shapes.shp")
        for first in range(0, len(offsets), _SHAPES_AT_ONCE):
            some = offsets[first : first + _SHAPES_AT_ONCE]
            held = _held(source, first, len(some), file, notes)
            for place, (at, _) in enumerate(some, start=first):
                shape = held.get(place)
                stream.seek(at + 8)
                is_null = shape is not None or stream.read(4) == _NULL_SHAPE.to_bytes(4, "little")
                yield (None if is_null else UNREADABLE_GEOMETRY), shape


_SHAPES_AT_ONCE: Final = 4_096


def _held(source: str, first: int, count: int, file: str, notes: list[Message]) -> dict[int, bytes | None]:
    fids, shapes = quietly(
        lambda: ogr().raw.read(
            source, columns=[], skip_features=first, max_features=count, force_2d=True, return_fids=True
        )[1:3],
        file,
        notes,
    )
    return dict(zip(fids.tolist(), shapes.tolist(), strict=True))


def _has_stray_byte(text: str) -> bool:
    return any("\udc80" <= one <= "\udcff" for one in text)


def _side_text(parts: dict[str, Path], ending: str) -> str | None:
    if ending not in parts:
        return None
    with parts[ending].open("rb") as stream:
        return stream.read(_MAX_SIDE_BYTES).decode("utf-8-sig", "replace").strip("\0 \r\n\t") or None


def _crs(parts: dict[str, Path]) -> str | None:
    return _side_text(parts, ".prj")
