"""Each straight piece of road with the squares from which it can be reached: what pings are matched with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Numbers, Places
    from etl.derived.tracks.rules import TrackRules
    from etl.projection import LocalProjection

LEAST_PIECE_M = 0.01
SQUARES_A_STEP = 4


def road_pieces(database: duckdb.DuckDBPyConnection, projection: LocalProjection, rules: TrackRules) -> pa.Table:
    """One row per piece and square: where the piece begins, its direction, and the edges along it."""
    sections = database.execute(read_sql("etl.derived.tracks", "sections_to_match")).to_arrow_table()
    shapes = shapely.from_wkb(np.array(sections.column("shape").to_pylist(), dtype=object))
    corners, section = shapely.get_coordinates(projection.to_metres(shapes), return_index=True)
    follows = np.flatnonzero(np.diff(section) == 0)
    begin, end, owner = corners[follows], corners[follows + 1], section[follows]
    length_m = np.hypot(*(end - begin).T)
    is_long = length_m > LEAST_PIECE_M
    begin, end, owner, length_m = begin[is_long], end[is_long], owner[is_long], length_m[is_long]
    piece, i, j = _squares(begin, end, rules.square_m, rules.reach_m)
    ahead = (end - begin) / length_m[:, None]
    columns = {
        "i": i.astype(np.float64),
        "j": j.astype(np.float64),
        "x_m": begin[piece, 0],
        "y_m": begin[piece, 1],
        "east": ahead[piece, 0],
        "north": ahead[piece, 1],
        "length_m": length_m[piece],
    }
    edges = {name: sections.column(name).to_numpy()[owner][piece] for name in ("forward_edge", "backward_edge")}
    return pa.table({**columns, **edges})


def _squares(begin: Numbers, end: Numbers, square_m: float, reach_m: float) -> tuple[Places, Places, Places]:
    """For each piece the squares that it comes near enough to.

    A long slanting piece has a wide box, most of whose squares are far from it: so it is looked at step by step.
    """
    piece, first, last = _steps(begin, end, SQUARES_A_STEP * square_m)
    low = np.floor((np.minimum(first, last) - reach_m) / square_m).astype(np.int64)
    high = np.floor((np.maximum(first, last) + reach_m) / square_m).astype(np.int64)
    columns, rows = (high - low + 1).T
    step, nth = _numbered(columns * rows)
    i = low[step, 0] + nth % columns[step]
    j = low[step, 1] + nth // columns[step]
    middle = np.column_stack((i + 0.5, j + 0.5)) * square_m
    near = _distance(middle, first[step], last[step]) <= reach_m + square_m * np.sqrt(0.5)
    # Where two steps of a piece meet, both come near the same squares.
    found = np.unique(np.column_stack((piece[step], i, j))[near], axis=0)
    return found[:, 0], found[:, 1], found[:, 2]


def _steps(begin: Numbers, end: Numbers, longest_m: float) -> tuple[Places, Numbers, Numbers]:
    """Pieces cut into equal steps: the piece of each step, where it begins, and where it ends."""
    count = np.maximum(1, np.ceil(np.hypot(*(end - begin).T) / longest_m)).astype(np.int64)
    piece, nth = _numbered(count)
    ahead = ((end - begin) / count[:, None])[piece]
    first = begin[piece] + nth[:, None] * ahead
    return piece, first, first + ahead


def _numbered(count: Places) -> tuple[Places, Places]:
    """Each owner as often as its count, and the number of each among its owner's."""
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)


def _distance(spot: Numbers, begin: Numbers, end: Numbers) -> Any:  # noqa: ANN401
    ahead = end - begin
    share = np.clip(((spot - begin) * ahead).sum(axis=1) / (ahead**2).sum(axis=1), 0, 1)
    return np.hypot(*(spot - begin - share[:, None] * ahead).T)
