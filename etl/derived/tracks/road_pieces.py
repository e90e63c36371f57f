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
    """For each piece the squares that it comes near enough to."""
    low = np.floor((np.minimum(begin, end) - reach_m) / square_m).astype(np.int64)
    high = np.floor((np.maximum(begin, end) + reach_m) / square_m).astype(np.int64)
    columns, rows = (high - low + 1).T
    count = columns * rows
    piece = np.repeat(np.arange(len(begin)), count)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    i = low[piece, 0] + nth % columns[piece]
    j = low[piece, 1] + nth // columns[piece]
    # A long slanting piece has a wide box; most of its squares are far from it.
    middle = np.column_stack((i + 0.5, j + 0.5)) * square_m
    near = _distance(middle, begin[piece], end[piece]) <= reach_m + square_m * np.sqrt(0.5)
    return piece[near], i[near], j[near]


def _distance(spot: Numbers, begin: Numbers, end: Numbers) -> Any:  # noqa: ANN401
    ahead = end - begin
    share = np.clip(((spot - begin) * ahead).sum(axis=1) / (ahead**2).sum(axis=1), 0, 1)
    return np.hypot(*(spot - begin - share[:, None] * ahead).T)
