"""Which grids and places lie in which cells, as tables."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.cell_squares import cell_ids
from etl.derived.lattice import Shares, Whole, lattice_shares
from etl.derived.work_tables import create_work_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from etl.projection import LocalProjection

Mask: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

SQUARES_AT_ONCE = 200_000
SLIVER = 1e-5  # of a square
SLIVER_OF_GRID = 1e-3


def place_grid_cells(
    database: duckdb.DuckDBPyConnection, lattice: Shares, projection: LocalProjection, cell_size_m: float
) -> None:
    """Fill `grid_cells`: the area of each grid in each cell that it touches."""
    create_work_table(database, "grid_cells", _grid_cell_rows([], lattice_shares([], cell_size_m), cell_size_m))
    grid_ids, shapes = _grids(database, "grids")
    shapes_m = _within(projection.to_metres(shapes), lattice, cell_size_m)
    ordered = cell_ids(lattice.i, lattice.j)
    for batch in _batches(shapes_m, cell_size_m):
        shares = lattice_shares(shapes_m[batch], cell_size_m)
        kept = _is_among(cell_ids(shares.i, shares.j), ordered) & ~_is_sliver(shares)
        database.register("rows_at_hand", _grid_cell_rows(grid_ids[batch], shares.where(kept), cell_size_m))
        database.execute("insert into grid_cells from rows_at_hand")
        database.unregister("rows_at_hand")


def _batches(shapes_m: Any, cell_size_m: float) -> Iterator[slice]:  # noqa: ANN401
    """Grids in their order, as many at once as fill about so many squares."""
    squares = shapely.area(shapes_m) / cell_size_m**2 + shapely.length(shapes_m) / cell_size_m
    number = np.floor((np.cumsum(squares) - squares) / SQUARES_AT_ONCE)
    starts = np.flatnonzero(np.diff(number, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(squares)]):
        yield slice(start, end)


def _grid_cell_rows(grid_ids: list[str], shares: Shares, cell_size_m: float) -> pa.Table:
    names = pa.array(grid_ids, pa.string()).take(pa.array(shares.owner))
    ids = cell_ids(shares.i, shares.j).astype(np.int32)
    return pa.table({"grid_id": names, "cell_id": ids, "area_km2": shares.area * cell_size_m**2 / 1e6})


def place_place_cells(
    database: duckdb.DuckDBPyConnection, lattice: Shares, projection: LocalProjection, cell_size_m: float
) -> None:
    """Fill `place_cells` and `place_grids`: the cell and the leaves that each place lies in."""
    place_ids, lon, lat = _places(database)
    x_m, y_m = projection.forward(lon, lat)
    i, j = (np.floor(np.nan_to_num(metres, nan=1e12) / cell_size_m).astype(np.int64) for metres in (x_m, y_m))
    here = _is_in_reach(i, j, lattice)
    here[here] = _is_among(cell_ids(i[here], j[here]), cell_ids(lattice.i, lattice.j))
    cells = {
        "place_id": place_ids.filter(pa.array(here)),
        "cell_id": cell_ids(i[here], j[here]).astype(np.int32),
    }
    create_work_table(database, "place_cells", pa.table(cells))
    grid_ids, shapes = _grids(database, "grids semi join leaves using (grid_id)")
    leaf, place = shapely.STRtree(shapely.points(lon, lat)).query(shapes, predicate="intersects")
    grids = {
        "place_id": place_ids.take(pa.array(place)),
        "grid_id": pa.array(grid_ids, pa.string()).take(pa.array(leaf)),
    }
    create_work_table(database, "place_grids", pa.table(grids))


def _grids(database: duckdb.DuckDBPyConnection, source: str) -> tuple[list[str], Any]:
    rows = database.execute(f"select grid_id, st_aswkb(geom) from {source} order by grid_id").fetchall()
    return [row[0] for row in rows], shapely.from_wkb(np.array([bytes(row[1]) for row in rows], dtype=object))


def _places(database: duckdb.DuckDBPyConnection) -> tuple[pa.Array, Any, Any]:
    rows = database.execute("select place_id, lon, lat from places order by place_id").to_arrow_table()
    ids = rows["place_id"].combine_chunks()
    return ids, rows["lon"].to_numpy(), rows["lat"].to_numpy()


def _within(shapes_m: Any, lattice: Shares, cell_size_m: float) -> Any:  # noqa: ANN401
    """Grids cut to where the cells are, so that one drawn around the world costs no more than the place."""
    if len(lattice.i) == 0 or len(shapes_m) == 0:
        return shapes_m[:0]
    west, south = (lattice.i.min() - 1) * cell_size_m, (lattice.j.min() - 1) * cell_size_m
    east, north = (lattice.i.max() + 2) * cell_size_m, (lattice.j.max() + 2) * cell_size_m
    bounds = shapely.bounds(shapes_m)
    beyond = (bounds[:, :2] < [west, south]).any(axis=1) | (bounds[:, 2:] > [east, north]).any(axis=1)
    window = shapely.box(west, south, east, north)
    shapes_m = shapes_m.copy()
    shapes_m[beyond] = shapely.intersection(shapely.make_valid(shapes_m[beyond]), window)
    return shapes_m


def _is_sliver(shares: Shares) -> Mask:
    """Where a grid runs over into a square only because its border has a limited number of digits."""
    whole = np.bincount(shares.owner, shares.area)[shares.owner]
    sliver: Mask = (shares.area < SLIVER) & (shares.area < SLIVER_OF_GRID * whole)
    return sliver


def _is_in_reach(i: Whole, j: Whole, lattice: Shares) -> Mask:
    reach = np.zeros(len(i), dtype=np.bool_)
    if len(lattice.i):
        reach |= (i >= lattice.i.min()) & (i <= lattice.i.max())
        reach &= (j >= lattice.j.min()) & (j <= lattice.j.max())
    return reach


def _is_among(ids: Whole, ordered: Whole) -> Mask:
    among = np.zeros(len(ids), dtype=np.bool_)
    if len(ordered):
        among |= ordered[np.minimum(np.searchsorted(ordered, ids), len(ordered) - 1)] == ids
    return among
