"""Well-known binary at first hand: a look at it before the geometry library, which deep nesting crashes."""

from __future__ import annotations

import struct
from typing import Final

_MAX_DEPTH: Final = 16
_POINT, _LINE, _POLYGON, _ARC = 1, 2, 3, 8
_PLAIN: Final = frozenset({_POINT, _LINE, _POLYGON})


def point_bytes(x: float, y: float) -> bytes:
    """A point as well-known binary, without the detour over a shape: most rows are points."""
    return struct.pack("<BIdd", 1, _POINT, x, y)


def is_sound(shape: bytes) -> bool:
    """Whether the parts nest little and lie within the bytes that are there."""
    try:
        return _kind(shape, 0)[0] in _PLAIN or _walk(shape)
    except (struct.error, IndexError):
        return False


def _walk(shape: bytes) -> bool:
    at, open_parts = 0, [1]
    while open_parts:
        if open_parts[-1] == 0:
            open_parts.pop()
            continue
        open_parts[-1] -= 1
        kind, width, start, order = _kind(shape, at)
        if kind == _POINT:
            at = start + width
        elif kind in (_LINE, _ARC):
            at = start + 4 + _count(shape, start, order) * width
        elif kind == _POLYGON:
            at = _after_rings(shape, start, order, width)
        else:
            open_parts.append(_count(shape, start, order))
            at = start + 4
        if at > len(shape) or len(open_parts) > _MAX_DEPTH:
            return False
    return True


def _kind(shape: bytes, at: int) -> tuple[int, int, int, str]:
    """The kind of part at this place, the bytes of a position, where its content starts, its byte order."""
    order = "<" if shape[at] else ">"
    (written,) = struct.unpack_from(f"{order}I", shape, at + 1)
    dimensions, kind = divmod(written & 0x0FFFFFFF, 1000)
    has_z = bool(written & 0x80000000) or dimensions in (1, 3)
    has_m = bool(written & 0x40000000) or dimensions in (2, 3)
    start = at + 5 + (4 if written & 0x20000000 else 0)
    return kind, 8 * (2 + has_z + has_m), start, order


def _count(shape: bytes, at: int, order: str) -> int:
    (count,) = struct.unpack_from(f"{order}I", shape, at)
    return int(count)


def _after_rings(shape: bytes, at: int, order: str, width: int) -> int:
    rings = _count(shape, at, order)
    at += 4
    for _ in range(rings):
        at += 4 + _count(shape, at, order) * width
    return at
