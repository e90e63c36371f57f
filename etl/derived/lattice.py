"""How much of each square of a lattice an area fills, exactly, for many areas at once.

No shape is cut with a square. Each edge is split where it crosses the lattice; what a square holds follows
from the pieces in it and from those left of it in its row, and between them the squares are full or empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Whole: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

POLYGON = 3  # shapely's number for the type
NOISE = 1e-9  # of a square: what sums of roundings may leave


@dataclass(frozen=True)
class Shares:
    """One entry per area and square that it fills in part or whole, by area, row and column."""

    owner: Whole
    i: Whole
    j: Whole
    area: Numbers  # in squares: 1 is a full one

    def where(self, kept: np.ndarray[Any, np.dtype[Any]]) -> Shares:
        return Shares(self.owner[kept], self.i[kept], self.j[kept], self.area[kept])


@dataclass(frozen=True)
class _Pieces:
    """Stretches of edges, in sides of a square, and the area that each belongs to."""

    owner: Whole
    x0: Numbers
    y0: Numbers
    x1: Numbers
    y1: Numbers


def lattice_shares(areas_m: Any, cell_size_m: float) -> Shares:  # noqa: ANN401  (one area or an array, as in shapely)
    """The squares of the lattice (aligned to multiples of its side) that each polygon fills, and how far."""
    edges = _edges(areas_m, cell_size_m)
    by_row = _split(edges.owner, edges.y0, edges.y1, edges.x0, edges.x1)
    owner, y0, y1, x0, x1 = by_row
    owner, x0, x1, y0, y1 = _split(owner, x0, x1, y0, y1)
    return _filled(_Pieces(owner, x0, y0, x1, y1))


def _edges(areas_m: Any, cell_size_m: float) -> _Pieces:  # noqa: ANN401
    """All edges, each with the inside of its area on its left."""
    areas_m = np.atleast_1d(np.asarray(areas_m, dtype=object))
    collections, owner_of_collection = shapely.get_parts(areas_m, return_index=True)
    parts, collection_of_part = shapely.get_parts(collections, return_index=True)
    is_area = shapely.get_type_id(parts) == POLYGON
    polygons = shapely.orient_polygons(parts[is_area])
    owner_of_polygon = owner_of_collection[collection_of_part][is_area]
    rings, polygon_of_ring = shapely.get_rings(polygons, return_index=True)
    corners, ring_of_corner = shapely.get_coordinates(rings, return_index=True)
    corners = corners / cell_size_m
    follows = ring_of_corner[1:] == ring_of_corner[:-1]
    start, end = corners[:-1][follows], corners[1:][follows]
    owner = owner_of_polygon[polygon_of_ring[ring_of_corner[1:][follows]]].astype(np.int64)
    return _Pieces(owner, start[:, 0], start[:, 1], end[:, 0], end[:, 1])


def _split(
    owner: Whole, a0: Numbers, a1: Numbers, b0: Numbers, b1: Numbers
) -> tuple[Whole, Numbers, Numbers, Numbers, Numbers]:
    """Split edges at each whole number that their first coordinate crosses."""
    first = np.floor(np.minimum(a0, a1)) + 1
    last = np.ceil(np.maximum(a0, a1)) - 1
    cuts = np.maximum(last - first + 1, 0).astype(np.int64)
    edge = np.repeat(np.arange(len(owner)), cuts + 1)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(cuts + 1) - (cuts + 1), cuts + 1)
    rises = (a1 >= a0)[edge]
    begin = np.where(rises, first[edge] + place - 1, last[edge] - place + 1)
    end = np.where(rises, begin + 1, begin - 1)
    begin = np.where(place == 0, a0[edge], begin)
    end = np.where(place == cuts[edge], a1[edge], end)
    length = np.where(a1 == a0, 1.0, a1 - a0)
    slope = ((b1 - b0) / length)[edge]
    b_begin = np.where(place == 0, b0[edge], b0[edge] + (begin - a0[edge]) * slope)
    b_end = np.where(place == cuts[edge], b1[edge], b0[edge] + (end - a0[edge]) * slope)
    return owner[edge], begin, end, b_begin, b_end


def _filled(pieces: _Pieces) -> Shares:
    i = np.floor((pieces.x0 + pieces.x1) / 2)
    j = np.floor((pieces.y0 + pieces.y1) / 2)
    rise = pieces.y1 - pieces.y0
    right_of_piece = ((pieces.x0 + pieces.x1) / 2 - i - 1) * rise
    order = np.lexsort((i, j, pieces.owner))
    owner, j, i = pieces.owner[order], j[order].astype(np.int64), i[order].astype(np.int64)
    is_new_row = _changes(owner) | _changes(j)
    starts = np.flatnonzero(is_new_row | _changes(i))
    if len(starts) == 0:
        return Shares(owner, i, j, rise)
    owner, j, i, is_new_row = owner[starts], j[starts], i[starts], is_new_row[starts]
    rise = np.add.reduceat(rise[order], starts)
    on_edge = np.add.reduceat(right_of_piece[order], starts)
    behind = np.cumsum(rise)
    before_row = np.repeat((behind - rise)[is_new_row], np.diff(np.append(np.flatnonzero(is_new_row), len(starts))))
    behind -= before_row
    inside = _runs(owner, i, j, -behind, np.append(is_new_row[1:], True))
    edge = Shares(owner, i, j, on_edge - (behind - rise))
    return _in_order(edge, inside)


def _runs(owner: Whole, i: Whole, j: Whole, fill: Numbers, ends_row: np.ndarray[Any, np.dtype[np.bool_]]) -> Shares:
    """The squares between two that an edge runs through."""
    gap = np.where(ends_row, 0, np.append(i[1:], 0) - i - 1)
    gap = np.where(fill > NOISE, gap, 0)
    source = np.repeat(np.arange(len(i)), gap)
    place = np.arange(len(source)) - np.repeat(np.cumsum(gap) - gap, gap)
    return Shares(owner[source], i[source] + 1 + place, j[source], fill[source])


def _in_order(first: Shares, second: Shares) -> Shares:
    owner, i, j, area = (
        np.concatenate([getattr(first, name), getattr(second, name)]) for name in ("owner", "i", "j", "area")
    )
    filled = Shares(owner, i, j, np.minimum(area, 1.0)).where(area > NOISE)
    return filled.where(np.lexsort((filled.i, filled.j, filled.owner)))


def _changes(values: Whole) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a value differs from the one before it; the first always does."""
    differs = np.ones(len(values), dtype=np.bool_)
    differs[1:] = values[1:] != values[:-1]
    return differs
