"""The squares of the analysis lattice that a place touches, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.derived.lattice import Numbers, Shares, Whole, lattice_shares
from etl.projection import on_map
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    from shapely.geometry.base import BaseGeometry

    from etl.projection import LocalProjection

MOST_CELLS = 20_000_000
COLUMNS, ROWS = 1 << 16, 1 << 15  # a column and a row make up a positive whole number of 31 bits
BATCH = 200_000
# A polygon of one ring of five corners as well-known binary begins so; the corners follow.
RING_HEAD = np.frombuffer(b"\x01\x03\0\0\0\x01\0\0\0\x05\0\0\0", dtype=np.uint8)
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


def cell_ids(i: Whole, j: Whole) -> Whole:
    """The numbers of cells; in the order of rows, then columns."""
    return (j + ROWS // 2) * COLUMNS + i + COLUMNS // 2


def place_lattice(
    database: duckdb.DuckDBPyConnection,
    boundary: BaseGeometry,
    projection: LocalProjection,
    cell_size_m: float,
) -> Shares:
    """Fill the table `lattice` with the squares that the boundary touches."""
    boundary_m = projection.to_metres(boundary)
    _refuse_too_many(boundary_m, cell_size_m)
    shares = lattice_shares(boundary_m, cell_size_m)
    database.execute(
        "create or replace temp table lattice "
        "(cell_id integer, i integer, j integer, lon double, lat double, area_km2 double, geom geometry, "
        "x_m double, y_m double, geom_on_map geometry)"
    )
    for batch in _batches(shares, projection, cell_size_m):
        database.register("squares", batch)
        database.execute(
            "insert into lattice select * replace "
            "(st_geomfromwkb(geom) as geom, st_geomfromwkb(geom_on_map) as geom_on_map) from squares"
        )
        database.unregister("squares")
    return shares


def _refuse_too_many(boundary_m: BaseGeometry, cell_size_m: float) -> None:
    farthest = max(map(abs, boundary_m.bounds), default=0.0) / cell_size_m
    count = boundary_m.area / cell_size_m**2
    if count > MOST_CELLS or farthest > ROWS // 2 - 1:
        raise Refusal(
            "Cells of {size} m are too small for this place: there would be {count} of them. "
            "Write a larger cell_size_m in sources.toml.",
            size=round(cell_size_m, 1),
            count=round(count),
        )


def _batches(shares: Shares, projection: LocalProjection, cell_size_m: float) -> Iterator[pa.Table]:
    for start in range(0, len(shares.i), BATCH):
        i, j = shares.i[start : start + BATCH], shares.j[start : start + BATCH]
        lon, lat = projection.inverse((i + 0.5) * cell_size_m, (j + 0.5) * cell_size_m)
        x_m, y_m = on_map(lon, lat)
        corners = [projection.inverse((i + right) * cell_size_m, (j + up) * cell_size_m) for right, up in CORNERS]
        yield pa.table(
            {
                "cell_id": cell_ids(i, j),
                "i": i,
                "j": j,
                "lon": lon,
                "lat": lat,
                "area_km2": shares.area[start : start + BATCH] * cell_size_m**2 / 1e6,
                "geom": _squares(corners),
                "x_m": x_m,
                "y_m": y_m,
                # Vector tiles want outer rings clockwise as seen on the map, which tells them from holes.
                "geom_on_map": _squares([on_map(*corner) for corner in reversed(corners)]),
            }
        )


def _squares(corners: list[tuple[Numbers, Numbers]]) -> pa.Array:
    """The squares as well-known binary, written by whole columns: a tenth of the time of making shapes."""
    count = len(corners[0][0])
    ring: Numbers = np.column_stack([axis for corner in (*corners, corners[0]) for axis in corner])
    size = len(RING_HEAD) + ring.shape[1] * 8
    written = np.empty((count, size), dtype=np.uint8)
    written[:, : len(RING_HEAD)] = RING_HEAD
    written[:, len(RING_HEAD) :] = ring.astype("<f8").view(np.uint8).reshape(count, -1)
    offsets = np.arange(count + 1, dtype=np.int32) * size
    return pa.Array.from_buffers(pa.binary(), count, [None, pa.py_buffer(offsets), pa.py_buffer(written)])
