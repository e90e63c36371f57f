"""A large place to drive in, published as a snapshot: half a million cells, a made-up road network, stations by lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.contract import contract_parts
from etl.derived.cells import lay_cells
from etl.derived.road_network import join_roads
from etl.snapshot import SnapshotFolder
from etl.sources import NOUNS
from etl.sql_files import read_sql
from tests.bench.cells import CELL_SIZE_M, SEED, _fill
from tests.bench.large_map import _write_build
from tests.bench.made_network import CLASSES, made_network
from tests.etl.derived.small_county import HERE

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

FACILITIES = ("parking", "hot_water", "meal_heating", "shower", "laundry")
OFFERED = 0.6
STATUSES = ("open", "open", "open", "open", "planned", "building")


def publish_large_network(folder: Path, cells: int, nodes: int, stations: int) -> int:
    """Publish it in `<folder>/snapshots`; gives how many cells there are."""
    radius_m = float(np.sqrt(cells / np.pi) * CELL_SIZE_M)
    place_m = shapely.Point(0, 0).buffer(radius_m, quad_segs=1000)
    boundary = HERE.to_degrees(place_m)
    dice = np.random.default_rng(SEED)
    (folder / "snapshots").mkdir(parents=True)
    with SnapshotFolder(folder / "snapshots").building() as draft:
        database = draft.database
        for text in (read_sql("etl", "bookkeeping"), read_sql("etl.derived", "surroundings")):
            database.execute(text)
        for noun in NOUNS:
            database.execute(contract_parts(noun)[0])
        _fill(database, place_m, radius_m, dice)
        _add_roads(database, radius_m, nodes, dice)
        _add_stations(database, radius_m, stations, dice)
        _write_build(database, shapely.to_wkb(boundary))
        count = lay_cells(database, boundary, HERE, CELL_SIZE_M)
        join_roads(database, HERE)
        draft.publish({})
    return count


def _add_roads(database: duckdb.DuckDBPyConnection, radius_m: float, nodes: int, dice: np.random.Generator) -> None:
    """The made-up network, drawn over the place; one road for both directions, a fifth of them counted."""
    graph = made_network(nodes).graph
    x_m, y_m = ((axis - axis.min()) / np.ptp(axis) * 2 * radius_m - radius_m for axis in (graph.lon, graph.lat))
    road = np.flatnonzero(graph.from_node < graph.to_node)
    lon, lat = HERE.inverse(x_m, y_m)
    ends = np.stack((graph.from_node[road], graph.to_node[road]), axis=1)
    shapes = shapely.linestrings(np.stack((lon[ends], lat[ends]), axis=2))
    counted = dice.random(len(road)) < 0.2
    rows = {
        "origin_id": np.ones(len(road), dtype=np.int32),
        "row_number": np.arange(len(road)),
        "route_id": [f"r{number}" for number in range(len(road))],
        "class": pa.array(np.array(CLASSES)[graph.road_class[road]]),
        "trucks_per_day": pa.array(np.where(counted, dice.integers(50, 5000, len(road)), 0.0), mask=~counted),
        "shape": pa.array(shapely.to_wkb(shapes).tolist(), pa.binary()),
    }
    _insert(database, "routes", rows, "* exclude shape, st_geomfromwkb(shape) as geom")


def _add_stations(database: duckdb.DuckDBPyConnection, radius_m: float, count: int, dice: np.random.Generator) -> None:
    lon, lat = HERE.inverse(*dice.uniform(-radius_m / np.sqrt(2), radius_m / np.sqrt(2), (2, count)))
    offers: list[Any] = [[one for one in FACILITIES if dice.random() < OFFERED] for _ in range(count)]
    rows = {
        "origin_id": np.ones(count, dtype=np.int32),
        "row_number": np.arange(count),
        "station_id": [f"s{number:05d}" for number in range(count)],
        "name": [f"station {number}" for number in range(count)],
        "tier": ["service_station"] * count,
        "status": [STATUSES[number % len(STATUSES)] for number in range(count)],
        "facilities": pa.array(offers, pa.list_(pa.string())),
        "bays": dice.integers(5, 100, count).astype(np.int32),
        "lon": lon,
        "lat": lat,
    }
    _insert(database, "stations", rows, "*")


def _insert(database: duckdb.DuckDBPyConnection, table: str, rows: dict[str, Any], columns: str) -> None:
    database.register("made", pa.table(rows))
    database.execute(f"insert into {table} by name select {columns} from made")
    database.unregister("made")
