"""The blocks of a .osm.pbf file: how much each unpacks to, told without unpacking any.

A file is a row of: four bytes of length, a header (field 1 type, 3 size of the blob), and the blob (field 1 or 2 and
above its data, field 2 of type number its size unpacked). The reader of the map refuses a block that lies about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_HEADER_BYTES: Final = 64 * 1024
_MOST_BLOB_BYTES: Final = 32 * 1024**2
_HEAD_BYTES: Final = 64
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_BLOB_SIZE_FIELD, _RAW_SIZE_FIELD, _RAW_FIELD = 3, 2, 1


class BlobError(ValueError):
    """The row of blocks is broken."""


def unpacked_bytes(path: Path) -> int:
    """How much all blocks unpack to."""
    size, total = path.stat().st_size, 0
    with path.open("rb") as file:
        while length := file.read(4):
            header_bytes = int.from_bytes(length, "big")
            if len(length) < 4 or header_bytes > _MOST_HEADER_BYTES:
                raise BlobError
            blob_bytes = dict(_numbers(file.read(header_bytes))).get(_BLOB_SIZE_FIELD, 0)
            end = file.tell() + blob_bytes
            if not 0 < blob_bytes <= _MOST_BLOB_BYTES or end > size:
                raise BlobError
            fields = dict(_numbers(file.read(min(blob_bytes, _HEAD_BYTES))))
            total += fields.get(_RAW_SIZE_FIELD) or fields.get(_RAW_FIELD, 0)
            file.seek(end)
    return total


def _numbers(message: bytes) -> Iterator[tuple[int, int]]:
    """Each field with its number, or with its length where it holds bytes; those of a cut message that are whole."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
        elif kind == _BYTES:
            value, at = _varint(message, at)
            at += value
        elif kind in {_FIXED_64, _FIXED_32}:
            value, at = 0, at + (8 if kind == _FIXED_64 else 4)
        else:
            raise BlobError
        yield key >> 3, value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            raise BlobError
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
    raise BlobError
