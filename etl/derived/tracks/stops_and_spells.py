"""Stops and spells as tables of the snapshot: where each stop is, and what lies there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.cell_squares import cell_ids
from etl.derived.work_tables import create_work_table
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Numbers
    from etl.derived.tracks.engine import TrackEngine
    from etl.projection import LocalProjection

# A truck within so far of a station or resource has stopped at it: the yards of service areas are as long.
AT_A_PLACE_M = 300.0
# Beside the road, verge and lay-by included.
BESIDE_A_ROAD_M = 40.0


def write_stops(
    database: duckdb.DuckDBPyConnection, engine: TrackEngine, projection: LocalProjection, cell_size_m: float
) -> None:
    """Fill `stops`."""
    found = engine.fetch("found_stops").sort_by([("begin_s", "ascending"), ("vehicle", "ascending")])
    x_m, y_m = _numbers(found, "x_m"), _numbers(found, "y_m")
    kind, thing = _places(database, projection, shapely.points(x_m, y_m))
    lon, lat = projection.inverse(x_m, y_m)
    i, j = (np.floor(metres / cell_size_m).astype(np.int64) for metres in (x_m, y_m))
    rows = found.select(["vehicle", "begin_s", "end_s", "hazmat"])
    for name, values in {"place_kind": kind, "thing_id": thing, "lon": lon, "lat": lat}.items():
        rows = rows.append_column(name, pa.array(values))
    rows = rows.append_column("cell_id", pa.array(cell_ids(i, j)))
    create_work_table(database, "placed_stops", rows)
    database.execute(read_sql("etl.derived.tracks", "stops_insert"))
    database.execute("drop table temp.placed_stops")


def write_spells(database: duckdb.DuckDBPyConnection, engine: TrackEngine, projection: LocalProjection) -> None:
    """Fill `spells` and `spell_corridors`."""
    create_work_table(database, "spells_found", engine.fetch("found_spells"))
    breaks = engine.fetch("found_breakpoints")
    lon, lat = projection.inverse(_numbers(breaks, "x_m"), _numbers(breaks, "y_m"))
    placed = breaks.select(["vehicle", "begin_s"]).append_column("lon", pa.array(lon))
    create_work_table(database, "breakpoints", placed.append_column("lat", pa.array(lat)))
    create_work_table(database, "corridors_of_spells", engine.fetch("found_corridors"))
    for statement in ("spells_insert", "spell_corridors_insert"):
        database.execute(read_sql("etl.derived.tracks", statement))
    for name in ("spells_found", "breakpoints", "corridors_of_spells"):
        database.execute(f"drop table temp.{name}")


def _places(database: duckdb.DuckDBPyConnection, projection: LocalProjection, stops: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """What lies at each stop: a station, else a resource, else a road, else none of them."""
    kind = np.full(len(stops), "elsewhere", dtype=object)
    thing = np.full(len(stops), None, dtype=object)
    roads = database.execute("select st_aswkb(geom) as shape from routes").to_arrow_table().column("shape")
    lines = projection.to_metres(shapely.from_wkb(np.array(roads.to_pylist(), dtype=object)))
    beside, _ = shapely.STRtree(lines).query_nearest(stops, max_distance=BESIDE_A_ROAD_M, all_matches=False)
    kind[beside] = "roadside"
    for noun in ("resource", "station"):
        rows = database.execute(read_sql("etl.derived.tracks", f"{noun}s_to_stop_at")).to_arrow_table()
        spots: Any = shapely.points(*projection.forward(_numbers(rows, "lon"), _numbers(rows, "lat")))
        stop, place = shapely.STRtree(spots).query_nearest(stops, max_distance=AT_A_PLACE_M, all_matches=False)
        kind[stop] = noun
        thing[stop] = np.array(rows.column("thing_id").to_pylist(), dtype=object)[place]
    return kind, thing


def _numbers(table: pa.Table, column: str) -> Numbers:
    numbers: Numbers = table.column(column).to_numpy().astype(np.float64)
    return numbers
