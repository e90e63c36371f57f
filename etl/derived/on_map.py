"""Lines and areas as the map draws them: in spherical Mercator, simplified for each range of zooms."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.areas_on_map import simplified_areas
from etl.derived.lines_on_map import simplified_lines
from etl.derived.zoom_bands import FARTHEST, ZOOM_BANDS, ZoomBand
from etl.projection import shapes_on_map
from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from etl.derived.lines_on_map import Shapes

LINES_AT_ONCE = 100_000
# Minor roads and waters would be a blot where the map shows a whole province.
FIRST_ZOOMS: Mapping[str, Mapping[str | None, int]] = {
    "routes": {"expressway": FARTHEST, "first": FARTHEST, "second": 7, "third": 9, None: 9},
    "rivers": {"river": FARTHEST, "canal": 9, None: 9},
}
FIRST_ZOOM_OF_THE_REST = 11
# Key and Chinese name of what is drawn.
DRAWN: Mapping[str, tuple[str, str]] = {
    "routes": ("route_id", "货运路线"),
    "rivers": ("river_id", "河流"),
    "grids": ("grid_id", "责任网格"),
    "surroundings": ("code", "周边区县"),
}


def draw_on_map(database: duckdb.DuckDBPyConnection) -> None:
    """Create and fill the tables that the map draws lines and areas from; `surroundings` is there already."""
    for noun in ("routes", "rivers"):
        _draw_lines(database, noun)
    for noun in ("grids", "surroundings"):
        _draw_areas(database, noun)


def _draw_lines(database: duckdb.DuckDBPyConnection, noun: str) -> None:
    first_zooms = FIRST_ZOOMS[noun]
    _begin(database, noun)
    # Read beside what is written: a connection has only one result at a time.
    with closing(database.cursor()) as reading:
        for batch in reading.execute(read_sql("etl.derived", f"{noun}_to_draw")).to_arrow_reader(LINES_AT_ONCE):
            ids, lines_m = batch.column(0), _shapes_m(batch.column(2))
            zooms = [first_zooms.get(code, FIRST_ZOOM_OF_THE_REST) for code in batch.column(1).to_pylist()]
            for band in ZOOM_BANDS:
                shown = np.flatnonzero(np.array(zooms) <= band.zoom_from)
                drawn, owner = simplified_lines(lines_m[shown], band)
                _add(database, ids.take(pa.array(shown[owner])), band, drawn)
    _end(database, noun)


def _draw_areas(database: duckdb.DuckDBPyConnection, noun: str) -> None:
    _begin(database, noun)
    rows = database.execute(read_sql("etl.derived", f"{noun}_to_draw")).to_arrow_table().combine_chunks()
    levels = np.array([-1 if level is None else level for level in rows.column(1).to_pylist()])
    every_m = _shapes_m(rows.column(2))
    for level in np.unique(levels):
        owner = np.flatnonzero(levels == level)
        areas_m = every_m[owner]
        for band in reversed(ZOOM_BANDS):  # each from the finer one before it, which has fewer corners
            areas_m, seen = simplified_areas(areas_m, band)
            owner = owner[seen]
            _add(database, rows.column(0).take(pa.array(owner)), band, areas_m)
    _end(database, noun)


def _shapes_m(written: Any) -> Shapes:  # noqa: ANN401  (pyarrow has no types)
    shapes: Shapes = shapes_on_map(shapely.from_wkb(np.array(written.to_pylist(), dtype=object)))
    return shapes


def _begin(database: duckdb.DuckDBPyConnection, noun: str) -> None:
    key, label = DRAWN[noun]
    contract = read_sql("etl.derived", "shapes_on_map")
    for stands_in, own in (("shapes_on_map", f"{noun}_on_map"), ("shape_id", key), ("图形（", f"{label}（")):
        contract = contract.replace(stands_in, own)
    database.execute(contract)
    database.execute(f"create or replace temp table drawn as from {noun}_on_map")


def _add(database: duckdb.DuckDBPyConnection, ids: Any, band: ZoomBand, drawn: Shapes) -> None:  # noqa: ANN401
    bounds = shapely.bounds(drawn).reshape(-1, 4)
    sides = dict(zip(("west_m", "south_m", "east_m", "north_m"), bounds.T, strict=True))
    shapes = pa.array(shapely.to_wkb(drawn).tolist(), pa.binary())
    rows = pa.table({"id": ids, **sides, "geom": shapes})
    database.register("rows_at_hand", rows)
    database.execute(read_sql("etl.derived", "drawn_add"), {"zoom_from": band.zoom_from, "zoom_to": band.zoom_to})
    database.unregister("rows_at_hand")


def _end(database: duckdb.DuckDBPyConnection, noun: str) -> None:
    database.execute(f"insert into {noun}_on_map {read_sql('etl.derived', 'drawn_in_order')}")
    database.execute("drop table temp.drawn")
