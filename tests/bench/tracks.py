"""Stops, spells, heat and flows from pings of trucks that drive and rest, beside the bare counting of the same file.

Trucks drive to and fro on roads of their own for three hours, rest for one, and send a position a minute. `growth` is
the exponent by which processor time grows over the sizes: 1 is in proportion. What transbigdata does on the smallest
size is only the first part of ours: it says in which square each ping lies, and the pings are counted by squares. It is
in the extra `bench`; where it is absent the line says so.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb
import numpy as np
import shapely

from etl.derived.tracks.engine import EmbeddedEngine, TrackEngine
from etl.derived.tracks.following import follow, put_ground, values_of
from etl.derived.tracks.hop_paths import HopPaths
from etl.derived.tracks.rules import TrackRules
from etl.engine import open_database
from etl.projection import LocalProjection
from etl.shapes import Area
from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, Trial, median_tried, tried

SIZES = (10_000_000, 30_000_000, 100_000_000)
SPARK_SIZE = 1_000_000
PINGS_PER_TRUCK = 10_000
HERE = LocalProjection(107.4, 35.34)
AREA = Area(90, 20, 120, 50)
CELL_SIZE_M = 500.0
SQUARES = [107.0, 35.0, 107.8, 35.6]
GOAL_OF_COUNT, GOAL_OF_GROWTH = 5.0, 1.05
MADE = """
copy (
    with pings as (
        select i // $each as truck, i % $each as nth from range($rows) as numbers (i)
    ),
    driven as (
        select
            truck, nth, nth % 240 < 180 as is_driving, (hash(truck) % 1000) / 1000e0 as turn,
            0.0112 * ((nth // 240) * 180 + least(nth % 240, 180)) as way
        from pings
    ),
    placed as (
        select *, (way + 3 * turn) % 6 >= 3 as is_back, abs((way + 3 * turn) % 6 - 3) - 1.5 as along from driven
    )
    select
        format('{:016x}', hash(truck)) as vehicle,
        timestamp '2026-03-01' + to_seconds(nth * 60 + (hash(truck) % 60)::int) as pinged_at,
        round(107.4 + along * cos(turn * 6.28) + (hash(truck, nth) % 100) / 1e6, 6) as lon,
        round(35.3 + along * sin(turn * 6.28) + (hash(nth, truck) % 100) / 1e6, 6) as lat,
        case when is_driving then 70 else 0 end as speed_km_per_h,
        ((90 - turn * 360 + case when is_back then 0 else 180 end) % 360 + 360) % 360 as heading_deg,
        truck % 10 = 0 as is_hazmat
    from placed
) to '{path}' (header)
"""
TYPES = (
    "{'vehicle': 'varchar', 'pinged_at': 'timestamp', 'lon': 'double', 'lat': 'double', 'speed_km_per_h': 'float', "
    "'heading_deg': 'float', 'is_hazmat': 'boolean'}"
)


def figures(settings: Settings) -> Iterator[Figure]:
    done: list[tuple[int, Trial]] = []
    for size in SIZES:
        rows = settings.rows(size)
        file = settings.folder / "pings.csv"
        tried(_write, file, rows)
        counted = median_tried(_count, file)
        followed = tried(_follow, file, settings.folder)
        done.append((rows, followed))
        yield _beside_count(rows, followed, counted)
        if size == SIZES[0]:
            yield _beside_gridding(rows, followed, file)
        file.unlink()
    yield _growth(done)
    yield _beside_spark(settings.rows(SPARK_SIZE), settings.folder)


def _beside_count(rows: int, followed: Trial, counted: Trial) -> Figure:
    is_met = followed.seconds <= GOAL_OF_COUNT * counted.seconds
    note = f"{_cpu_s(followed) / _cpu_s(counted):.1f} times the processor time of count(*), {_cpu_s(counted):.2f} s"
    return Figure.of(
        "tracks", rows, followed, peer="count(*)", peer_s=counted.seconds, goal="≤ 5 × count(*)", is_met=is_met,
        note=note,
    )  # fmt: skip


def _beside_gridding(rows: int, followed: Trial, file: Path) -> Figure:
    name = "tracks, gridding"
    if find_spec("transbigdata") is None:
        note = "transbigdata is not installed: pip install -c requirements.lock -e '.[bench]'"
        return Figure.of(name, rows, followed, note=note)
    gridded = tried(_grid, file)
    note = (
        f"{_cpu_s(followed) / _cpu_s(gridded):.1f} times the processor time of transbigdata's gridding, "
        f"{_cpu_s(gridded):.2f} s with {gridded.peak_mb or 0:,.0f} MB, which finds no stops, spells, trucks or roads"
    )
    return Figure.of(name, rows, followed, peer="transbigdata", peer_s=gridded.seconds, note=note)


def _growth(done: list[tuple[int, Trial]]) -> Figure:
    sizes, took = zip(*((rows, _cpu_s(trial)) for rows, trial in done), strict=True)
    growth = float(np.polyfit(np.log(sizes), np.log(took), 1)[0])
    each = ", ".join(f"{rows:,}: {one:.2f} s" for rows, one in zip(sizes, took, strict=True))
    note = f"grows with the pings to the power of {growth:.3f} (processor time: {each})"
    return Figure("tracks, growth", sizes[-1], None, goal="≤ 1.05", is_met=growth <= GOAL_OF_GROWTH, note=note)


def _beside_spark(rows: int, folder: Path) -> Figure:
    """By the clock: what Java uses is not counted with the process that asks it."""
    name, file, pings = "tracks, Spark local", folder / "pings.csv", folder / "pings.parquet"
    tried(_write, file, rows)
    followed = tried(_follow, file, folder)
    if find_spec("pyspark") is None or shutil.which("java") is None:
        return Figure.of(name, rows, followed, note="pyspark or Java is not installed: pip install -e '.[spark]'")
    with duckdb.connect() as database:
        typed = (
            f"select 1 as origin_id, row_number() over () as row_number, * from read_csv('{file}', columns = {TYPES})"
        )
        database.execute(f"copy ({typed}) to '{pings}'")
    by_spark = tried(_follow_by_spark, pings, folder)
    is_same = "the same" if followed.value == by_spark.value else "NOT the same"
    note = f"Spark's start is counted; {is_same} number of stops"
    return Figure.of(name, rows, followed, peer="Spark local", peer_s=by_spark.seconds, note=note)


def _follow_by_spark(clock: Clock, pings: Path, folder: Path) -> int:
    from etl.derived.tracks.spark_engine import SparkEngine  # noqa: PLC0415

    return follow_on(clock, folder / "ground.duckdb", lambda _: SparkEngine("spark", str(pings)))


def _cpu_s(trial: Trial) -> float:
    return trial.cpu_s or trial.seconds


def _write(_clock: Clock, file: Path, rows: int) -> None:
    with duckdb.connect() as database:
        made = MADE.replace("{path}", str(file).replace("'", "''"))
        database.execute(made, {"rows": rows, "each": min(rows, PINGS_PER_TRUCK)})


def _count(clock: Clock, file: Path) -> int:
    with duckdb.connect() as database, clock.running():
        ((rows,),) = database.execute("select count(*) from read_csv($file)", {"file": str(file)}).fetchall()
    return int(rows)


def _grid(clock: Clock, file: Path) -> int:
    """The pings lie in memory already, as a frame."""
    import pandas as pd  # noqa: PLC0415
    import transbigdata  # noqa: PLC0415

    pings = pd.read_csv(file, usecols=["lon", "lat"])
    with clock.running():
        squares = transbigdata.area_to_params(SQUARES, accuracy=CELL_SIZE_M)
        pings["column"], pings["row"] = transbigdata.GPS_to_grid(pings["lon"], pings["lat"], squares)
        return len(pings.groupby(["column", "row"]).size())


def _follow(clock: Clock, file: Path, folder: Path) -> int:
    """The step alone: the pings lie in the snapshot already."""
    path = folder / "tracks.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as database:
        read = f"read_csv($file, header = true, auto_detect = false, columns = {TYPES})"
        database.execute(
            f"create table pings as select 1 as origin_id, row_number() over () as row_number, * from {read}",
            {"file": str(file)},
        )
    found = follow_on(clock, path, EmbeddedEngine)
    path.unlink()
    return found


def follow_on(clock: Clock, path: Path, engine_of: Callable[[duckdb.DuckDBPyConnection], TrackEngine]) -> int:
    """The step in a database that has the pings, or none where the engine reads them elsewhere."""
    database = open_database(path, spill_folder=path.with_suffix(".spill"))
    _lay_ground(database)
    rules = TrackRules()
    with clock.running():
        engine = engine_of(database)
        put_ground(engine, database, HERE, rules)
        follow(engine, HopPaths(database, HERE), values_of(rules, HERE, AREA, CELL_SIZE_M))
        found = engine.fetch("found_stops").num_rows
        engine.close()
    database.close()
    return found


def _lay_ground(database: duckdb.DuckDBPyConnection) -> None:
    from etl.contract import contract_parts  # noqa: PLC0415
    from etl.derived.cells import lay_cells  # noqa: PLC0415
    from etl.derived.corridors import lay_corridors  # noqa: PLC0415
    from etl.derived.road_network import join_roads  # noqa: PLC0415
    from etl.sql_files import read_sql  # noqa: PLC0415

    database.execute(read_sql("etl", "bookkeeping"))
    for noun in ("grids", "places", "drivers", "stations", "resources", "repair_shops", "routes"):
        database.execute(contract_parts(noun)[0])
    for number in range(8):
        turn = 2 * math.pi * number / 8
        course = shapely.LineString(
            [(107.4 + far * math.cos(turn), 35.3 + far * math.sin(turn)) for far in (-1.4, 1.4)]
        )
        database.execute(
            "insert into routes (origin_id, row_number, route_id, ref, geom) "
            "values (1, 1, $name, $name, st_geomfromwkb($shape))",
            {"name": f"G{number}", "shape": shapely.to_wkb(course)},
        )
    lay_cells(database, shapely.box(*SQUARES), HERE, CELL_SIZE_M)
    join_roads(database, HERE)
    lay_corridors(database, HERE)
