"""Writes the smallest .xls and locked workbook that spreadsheet programs would open, byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Cell = str | float | bool | None


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def cell_record(row: int, column: int, value: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, bool):
        return record(0x0205, place + bytes((int(value), 0)))
    if isinstance(value, str) and value.startswith("#"):
        return record(0x0205, place + bytes((42, 1)))
    if isinstance(value, str):
        return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(0x0203, place + struct.pack("<d", value or 0.0))


def workbook_stream(sheets: dict[str, list[list[Cell]]]) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    opening = record(0x0809, begin) + record(0x0042, struct.pack("<H", 1200)) + record(0x00E0, bytes(20))
    bodies = []
    for rows in sheets.values():
        cells = [
            cell_record(i, j, value) for i, row in enumerate(rows) for j, value in enumerate(row) if value is not None
        ]
        height, width = len(rows), max((len(row) for row in rows), default=0)
        size = record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
        sheet_begin = record(0x0809, begin[:2] + struct.pack("<H", 0x0010) + begin[4:])
        bodies.append(sheet_begin + size + b"".join(cells) + record(0x000A, b""))
    named = [(name.encode("utf-16-le"), len(name)) for name in sheets]
    start = len(opening) + sum(12 + len(name) for name, _ in named) + 4
    bounds = b""
    for (name, length), body in zip(named, bodies, strict=True):
        bounds += record(0x0085, struct.pack("<IBBBB", start, 0, 0, length, 1) + name)
        start += len(body)
    return opening + bounds + record(0x000A, b"") + b"".join(bodies)


def write_container(path: Path, streams: dict[str, bytes]) -> None:
    """A container whose streams are all large enough to lie in sectors of their own."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        count = -(-len(padded) // SECTOR)
        first = len(sectors)
        padded = padded.ljust(count * SECTOR, b"\0")
        sectors += [padded[i * SECTOR : (i + 1) * SECTOR] for i in range(count)]
        table += [*range(first + 1, first + count), END]
        entries.append(
            _entry(name, 2, first, max(len(content), 4096), right=number + 1 if number < len(streams) else FREE)
        )
    directory = len(sectors)
    listed = b"".join(entries).ljust(-(-len(entries) * 128 // SECTOR) * SECTOR, b"\0")
    pieces = [listed[i : i + SECTOR] for i in range(0, len(listed), SECTOR)]
    sectors += pieces
    table += [*range(directory + 1, directory + len(pieces)), END]
    per_sector = SECTOR // 4
    table_count = 1
    while (len(table) + table_count) > table_count * per_sector:
        table_count += 1
    table_sectors = list(range(len(sectors), len(sectors) + table_count))
    table += [TABLE] * table_count
    table += [FREE] * (table_count * per_sector - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, table_count, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *(table_sectors + [FREE] * (109 - table_count)))
    path.write_bytes(header + b"".join(sectors) + packed)


def _entry(name: str, kind: int, first: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<III", FREE, right, child)
    return (
        (written + b"\0\0").ljust(64, b"\0")
        + struct.pack("<HBB", len(written) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<III", first, size, 0)
    )


def write_xls(path: Path, sheets: dict[str, list[list[Cell]]]) -> None:
    write_container(path, {"Workbook": workbook_stream(sheets)})
