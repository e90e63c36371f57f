"""The routes as lines of vertices, one after another in a few long arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from etl.derived.road_network.arrays import Flags, Numbers, Places, Shapes
    from etl.projection import LocalProjection

PER_DEGREE = 10_000_000  # vertices that round to the same ten-millionth of a degree, a centimetre, are one
_QUARTER_TURN = 90 * PER_DEGREE
_ROW = np.int64(1 << 32)


@dataclass(frozen=True)
class DrawnLines:
    """All lines; a route of several parts is several lines, and each has two vertices at least.

    `along_m` and `along_deg` run on over all lines, and nothing is added from one line to the next: so a number
    says both where on a line a spot is and on which line.
    """

    routes: pa.Table
    route: Places  # of each line, the row of `routes`
    line: Places  # of each vertex
    lon: Numbers
    lat: Numbers
    x_m: Numbers
    y_m: Numbers
    along_m: Numbers
    along_deg: Numbers

    def __len__(self) -> int:
        return len(self.route)

    @cached_property
    def first(self) -> Places:
        """The first vertex of each line."""
        return np.flatnonzero(np.diff(self.line, prepend=-1))

    @cached_property
    def last(self) -> Places:
        return np.append(self.first[1:], len(self.line))[: len(self)] - 1

    @cached_property
    def spot_key(self) -> Places:
        """One number for each place a vertex may have."""
        return _spot_key(self.lon, self.lat)

    @cached_property
    def is_end(self) -> Flags:
        """Whether each vertex is the first or last of its line."""
        is_end = np.zeros(len(self.line), dtype=np.bool_)
        is_end[self.first] = is_end[self.last] = True
        return is_end

    @cached_property
    def shapes_m(self) -> Shapes:
        shapes: Any = shapely.linestrings(np.column_stack((self.x_m, self.y_m)), indices=self.line)
        lines: Shapes = shapes
        return lines

    def of_route(self, column: str) -> Any:  # noqa: ANN401  (numbers or flags)
        """A column of the routes that is never null, for each line."""
        return self.routes.column(column).to_numpy()[self.route]

    def deg_at(self, along_m: Numbers) -> Numbers:
        """How far along in degrees a spot is that is so far along in metres."""
        return np.interp(along_m, self.along_m, self.along_deg) if len(along_m) else along_m


def read_lines(database: duckdb.DuckDBPyConnection, projection: LocalProjection) -> DrawnLines:
    """All routes, without vertices that stay in place and without lines that are a point."""
    routes = database.execute(read_sql("etl.derived.road_network", "routes_to_join")).to_arrow_table().combine_chunks()
    shapes = shapely.from_wkb(np.array(routes.column("shape").to_pylist(), dtype=object))
    parts, route = shapely.get_parts(shapes, return_index=True)
    places, line = shapely.get_coordinates(parts, return_index=True)
    line = line.astype(np.int64)
    key = _spot_key(places[:, 0], places[:, 1])
    moves = (np.diff(line, prepend=-1) > 0) | (np.diff(key, prepend=0) != 0)
    is_line = np.bincount(line[moves], minlength=len(parts)) > 1
    kept = moves & is_line[line]
    lon, lat, line = places[kept, 0], places[kept, 1], np.cumsum(is_line)[line[kept]] - 1
    x_m, y_m = projection.forward(lon, lat)
    return DrawnLines(
        routes=routes.drop_columns(["shape"]),
        route=route[is_line].astype(np.int64),
        line=line,
        lon=lon,
        lat=lat,
        x_m=x_m,
        y_m=y_m,
        along_m=_run_along(x_m, y_m, line),
        along_deg=_run_along(lon, lat, line),
    )


def _spot_key(lon: Numbers, lat: Numbers) -> Places:
    column = np.rint(lon * PER_DEGREE).astype(np.int64) + 2 * _QUARTER_TURN
    row = np.rint(lat * PER_DEGREE).astype(np.int64) + _QUARTER_TURN
    return row * _ROW + column


def _run_along(x: Numbers, y: Numbers, line: Places) -> Numbers:
    steps = np.hypot(np.diff(x), np.diff(y))
    steps[np.diff(line) > 0] = 0.0
    return np.append(np.zeros(min(len(x), 1)), np.cumsum(steps))
