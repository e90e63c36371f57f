"""Pictures of few colours as PNG files, written by hand: a tenth of what a general writer takes."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BY_PALETTE = 3
_QUICK = 3  # of zlib's levels: rows are long runs of few numbers, so more effort gains little
Rgba = tuple[int, int, int, int]


def rgba(colour: str, opacity: float = 1.0) -> Rgba:
    """A colour of the palette, written #rrggbb, with an opacity from 0 to 1."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return (red, green, blue, round(255 * opacity))


def palette_png(indices: np.ndarray[Any, np.dtype[np.uint8]], colours: Sequence[Rgba]) -> bytes:
    """A picture, its top row first; each number stands for the colour at that place of the list."""
    height, width = indices.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each begins with a 0: it is written as it is
    rows[:, 1:] = indices
    palette = np.array(colours, dtype=np.uint8)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _BY_PALETTE, 0, 0, 0)),
            _chunk(b"PLTE", palette[:, :3].tobytes()),
            _chunk(b"tRNS", palette[:, 3].tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), _QUICK)),
            _chunk(b"IEND", b""),
        )
    )


@cache
def clear_png(side_px: int) -> bytes:
    """A picture of nothing."""
    return palette_png(np.zeros((side_px, side_px), dtype=np.uint8), [(0, 0, 0, 0)])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
