"""Scans the sheets of an old .xls, record by record."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from etl.reading.ole_streams import OleFile
from etl.reading.sheet_scan import SheetScan

SHEET, SIZE, PASSWORD, END = 0x0085, 0x0200, 0x002F, 0x000A
SHARED_TEXTS = 0x00FC
MAX_FILE_BYTES = 200 << 20
SINGLE_CELLS = (0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0006, 0x0205)
FORMULA, TRUTH_OR_ERROR = 0x0006, 0x0205
SEVERAL_NUMBERS = 0x00BD
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class LockedWorkbookError(ValueError):
    """The workbook is encrypted."""


class UnlikelySizeError(ValueError):
    """The workbook claims a size that no sheet can have, or sheets without end."""


class EndlessStreamError(ValueError):
    """A list of sectors leads back into itself: the reader of the values would take all memory there is."""


def scan_xls(path: Path) -> list[SheetScan]:
    """The scan of every sheet, in the workbook's order."""
    with path.open("rb") as raw:
        container = OleFile(raw)
        streams = {entry.name: entry for entry in container.entries()}
        entry = streams.get("Workbook") or streams.get("Book")
        if entry is None or path.stat().st_size > MAX_FILE_BYTES:
            return []
        if not (container.is_usual and container.ends_everywhere()):
            raise EndlessStreamError
        stream = b"".join(container.blocks(entry))
    starts = []
    for kind, content in _records(stream, 0):
        if kind == PASSWORD:
            raise LockedWorkbookError
        if kind == SHARED_TEXTS and len(content) >= 8 and max(struct.unpack_from("<II", content)) > len(stream):
            raise UnlikelySizeError
        if kind == SHEET and len(content) >= 4:
            starts.append(struct.unpack_from("<I", content)[0])
    return _scan_sheets(stream, starts)


def _scan_sheets(stream: bytes, starts: list[int]) -> list[SheetScan]:
    """Each sheet from where the workbook says it starts, as the reader of the values goes."""
    scans = []
    left = len(stream) + 1  # records of at least 4 bytes: more of them are read twice or more
    for start in starts:
        scan = SheetScan()
        for kind, content in _records(stream, start):
            left -= 4
            if left < 0:
                raise UnlikelySizeError
            if kind == SIZE:
                _guard_size(content)
            else:
                _take(kind, content, scan)
        scans.append(scan)
    return scans


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record up to the end mark."""
    place = start
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == END:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _guard_size(content: bytes) -> None:
    """The size that a sheet claims is taken from memory at once, whatever it holds."""
    if len(content) < 10:
        raise UnlikelySizeError
    layout = "<IIHH" if len(content) >= 14 else "<HHHH"
    first_row, end_row, first_column, end_column = struct.unpack_from(layout, content)
    is_empty = end_row == 0 and end_column == 0
    if end_row > 65_536 or end_column > 256 or not (is_empty or (first_row <= end_row and first_column <= end_column)):
        raise UnlikelySizeError


def _take(kind: int, content: bytes, scan: SheetScan) -> None:
    if kind == SEVERAL_NUMBERS and len(content) >= 6:
        row, first = struct.unpack_from("<HH", content)
        scan.value_at(row, first, max(first, struct.unpack_from("<H", content, len(content) - 2)[0]))
    elif kind in SINGLE_CELLS and len(content) >= 8:
        row, column = struct.unpack_from("<HH", content)
        scan.value_at(row, column, column)
        error = _error(kind, content)
        if error is not None:
            scan.fault_at(row, column, "formula_error", ERRORS.get(error, "#ERROR"))


def _error(kind: int, content: bytes) -> int | None:
    if kind == TRUTH_OR_ERROR:
        return content[6] if content[7] else None
    if kind == FORMULA and len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == 2:
        return content[8]
    return None
