"""Times the joining of roads into a network: Porto's 43,000 roads, and a made-up province of two million edges.

The province is a lattice of crossroads joined by short roads that share their ends, with a tenth of them one-way and
some bridges; a tenth of its lines, in a file of their own, cross others without a vertex.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.contract import contract_parts
from etl.derived.road_network import join_roads
from etl.engine import open_database
from etl.projection import LocalProjection
from etl.sql_files import read_sql
from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, tried
from tests.etl.derived.small_county import HERE
from tests.etl.derived.small_roads import empty_roads
from tests.planning.osm_highways import fill_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

EDGES = 2_000_000
CELLS = 1_000_000
SEED = 7
GOAL_S, GOAL_MB = 60.0, 6_000.0
PORTO_GOAL_S = 5.0
BLOCK_M = 400.0
STEPS = 4  # vertices between two crossroads
PUBLIC = Path(os.environ.get("YITU_PUBLIC_DATA", Path(__file__).resolve().parents[2].parent / "shared" / "data"))


def figures(settings: Settings) -> Iterator[Figure]:
    porto = PUBLIC / "osm" / "porto_portugal.osm.pbf"
    if porto.is_file():
        trial = tried(join_file, str(porto))
        is_met = trial.seconds <= PORTO_GOAL_S
        yield Figure.of("road network of Porto", trial.value["edges"], trial, goal=f"{PORTO_GOAL_S:g} s", is_met=is_met,
                        note=_note(trial.value))  # fmt: skip
    trial = tried(join_province, settings.rows(EDGES), settings.rows(CELLS))
    goal_s = GOAL_S * settings.scale
    is_met = trial.seconds <= goal_s and (trial.peak_mb or 0) <= GOAL_MB
    yield Figure.of("road network of a province", trial.value["edges"], trial,
                    goal=f"{goal_s:g} s, {GOAL_MB:,.0f} MB", is_met=is_met, note=_note(trial.value))  # fmt: skip


def join_file(clock: Clock, file: str) -> dict[str, Any]:
    """The roads of an OpenStreetMap file; reading it does not count."""
    database = open_database(readable=(Path(file).resolve().parent,))
    database.execute(read_sql("etl", "bookkeeping"))
    for noun in ("routes", "stations", "resources", "repair_shops", "places"):
        database.execute(contract_parts(noun)[0])
    database.execute(read_sql("etl.derived", "cells"))
    fill_routes(database, Path(file).resolve())
    west, south, east, north = database.execute(
        "select min(st_xmin(geom)), min(st_ymin(geom)), max(st_xmax(geom)), max(st_ymax(geom)) from routes"
    ).fetchall()[0]
    with clock.running():
        join_roads(database, LocalProjection((west + east) / 2, (south + north) / 2))
    return _totals(database)


def join_province(clock: Clock, edges: int, cells: int) -> dict[str, Any]:
    database = empty_roads()
    fill_province(database, edges, cells)
    with clock.running():
        join_roads(database, HERE)
    return _totals(database)


def fill_province(database: duckdb.DuckDBPyConnection, edges: int, cells: int) -> None:
    """Roads between crossroads, each with some vertices on the way."""
    dice = np.random.default_rng(SEED)
    across = round(np.sqrt(edges / 4.9))  # with both directions, and the pieces into which crossings cut
    number = np.arange(across * across).reshape(across, across)
    ends = np.concatenate((
        np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel())),
        np.column_stack((number[:-1].ravel(), number[1:].ravel())),
    ))  # fmt: skip
    half_m = across * BLOCK_M / 2
    x_m = (number % across * BLOCK_M - half_m).ravel() + dice.uniform(-90, 90, number.size)
    y_m = (number // across * BLOCK_M - half_m).ravel() + dice.uniform(-90, 90, number.size)
    share = np.linspace(0, 1, STEPS + 2)
    bend = dice.uniform(-25, 25, (2, len(ends), STEPS + 2)) * (share * (1 - share) > 0)
    course = [
        one[ends[:, :1]] * (1 - share) + one[ends[:, 1:]] * share + off
        for one, off in zip((x_m, y_m), bend, strict=True)
    ]
    _insert(database, np.stack(course, axis=2), 1, dice)
    free = round(len(ends) / 10)
    begin = dice.uniform(-half_m, half_m, (free, 1, 2))
    _insert(database, begin + np.cumsum(dice.uniform(-200, 200, (free, 3, 2)), axis=1), 2, dice)
    middles_m = np.linspace(-half_m, half_m, round(np.sqrt(cells)))
    lon, lat = HERE.inverse(*(middle_m.ravel() for middle_m in np.meshgrid(middles_m, middles_m)))
    database.register("made", pa.table({"lon": lon, "lat": lat}))
    database.execute(
        "insert into cells by name select row_number() over ()::integer as cell_id, 0 as i, 0 as j, lon, lat, "
        "0.25 as area_km2, false as is_drivers_partly_unknown, false as is_people_partly_unknown, "
        "st_point(lon, lat) as geom from made"
    )
    database.unregister("made")


def _insert(database: duckdb.DuckDBPyConnection, course_m: Any, origin: int, dice: np.random.Generator) -> None:
    lon, lat = HERE.inverse(course_m[..., 0], course_m[..., 1])
    count = len(course_m)
    rows = {
        "origin_id": np.full(count, origin),
        "row_number": np.arange(count),
        "route_id": [f"{origin}/{place}" for place in range(count)],
        "class": pa.array(np.array(("second", "third", "fourth", "street"))[dice.integers(0, 4, count)]),
        "is_oneway": dice.random(count) < 0.1,
        "is_bridge": dice.random(count) < 0.02,
        "shape": pa.array(shapely.to_wkb(shapely.linestrings(np.stack((lon, lat), axis=2))).tolist(), pa.binary()),
    }
    database.register("made", pa.table(rows))
    database.execute("insert into routes by name select * exclude shape, st_geomfromwkb(shape) as geom from made")
    database.unregister("made")


def _totals(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    row: dict[str, Any] = database.execute("from road_network").to_arrow_table().to_pylist()[0]
    return row


def _note(told: dict[str, Any]) -> str:
    return (
        f"{told['nodes']:,} nodes, {told['road_km']:,.0f} km of which {told['reachable_km_pct']:.1f} % hang together, "
        f"{told['snapped_ends']:,} ends snapped, {told['joined_crossings']:,} crossings joined"
    )
