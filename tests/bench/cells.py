"""Times the cells of a large place: `python -m tests.bench.cells --cells 1000000`.

A round place, 5,000 places, and a tree of grids: a county, 50 townships, 1,300 grids with ragged borders.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.cells import lay_cells
from etl.derived.findings import find_between_rows
from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, tried
from tests.etl.derived.small_county import HERE, empty_build

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

CELLS = 1_000_000
SEED = 7
GOAL_S = 15.0
CELL_SIZE_M = 500.0
PLACES = 5000
GRIDS_ACROSS = 40
TOWNSHIPS = 50


def main() -> None:
    options = _options()
    clock = Clock()
    sys.stdout.write(json.dumps(lay(clock, options.cells, options.seed)) + "\n")


def figures(settings: Settings) -> Iterator[Figure]:
    """The cells of a large place, beside a plain join of as many points with the same grids."""
    cells = settings.rows(CELLS)
    trial = tried(lay, cells)
    joined = tried(_join, trial.value["cells"])
    found, goal_s = trial.value, GOAL_S * settings.scale
    note = f"{found['findings']:,} findings between rows in {found['findings_s']} s, not counted here"
    goal, is_met = f"{goal_s:g} s", trial.seconds <= goal_s
    peer = "geopandas.sjoin"
    yield Figure.of(
        "cells", found["cells"], trial, peer=peer, peer_s=joined.seconds, goal=goal, is_met=is_met, note=note
    )


def lay(clock: Clock, cells: int, seed: int = SEED) -> dict[str, Any]:
    """Lay and fill the cells while the clock runs; then look for findings."""
    database, place_m = _large_place(cells, seed)
    boundary = HERE.to_degrees(place_m)
    with clock.running():
        count = lay_cells(database, boundary, HERE, CELL_SIZE_M)
    started = time.monotonic()
    findings = find_between_rows(database, boundary, HERE)
    return {
        "cells": count,
        "cells_s": round(clock.seconds, 2),
        "cells_per_s": round(count / clock.seconds),
        "peak_mb": round(clock.peak_mb or 0),
        "findings": findings,
        "findings_s": round(time.monotonic() - started, 2),
    }


def _join(clock: Clock, cells: int, seed: int = SEED) -> int:
    import geopandas as gpd  # noqa: PLC0415

    database, place_m = _large_place(cells, seed)
    shapes = database.execute("select st_aswkb(geom) as shape from grids where level = 4").to_arrow_table()
    leaves = gpd.GeoDataFrame(geometry=shapely.from_wkb(shapes.column("shape").to_pylist()), crs=4326)
    reach_m = float(np.sqrt(place_m.area)) / 2
    x_m, y_m = np.random.default_rng(seed).uniform(-reach_m, reach_m, (2, cells))
    centres = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*HERE.inverse(x_m, y_m)), crs=4326)
    with clock.running():
        return len(gpd.sjoin(centres, leaves, predicate="within"))


def _large_place(cells: int, seed: int) -> tuple[duckdb.DuckDBPyConnection, Any]:
    radius_m = float(np.sqrt(cells / np.pi) * CELL_SIZE_M)
    place_m = shapely.Point(0, 0).buffer(radius_m, quad_segs=1000)
    database = empty_build()
    _fill(database, place_m, radius_m, np.random.default_rng(seed))
    return database, place_m


def _fill(database: duckdb.DuckDBPyConnection, place_m: Any, radius_m: float, dice: np.random.Generator) -> None:
    edges = np.linspace(-radius_m, radius_m, GRIDS_ACROSS + 1)
    west, south = (values.ravel() for values in np.meshgrid(edges[:-1], edges[:-1]))
    side = edges[1] - edges[0]
    tiles = shapely.segmentize(shapely.box(west, south, west + side, south + side), side / 200)
    # A ripple moves the corners of neighbours alike, so that borders are ragged but shared.
    tiles = shapely.transform(tiles, lambda xy: xy + 0.05 * side * np.sin(xy[:, ::-1] * 20 / side))
    leaves = shapely.intersection(tiles, place_m)
    leaves = leaves[~shapely.is_empty(leaves)]
    townships = np.arange(len(leaves)) * TOWNSHIPS // len(leaves)
    _insert_grids(database, "county", 1, parents=[None], drivers=[100_000], shapes_m=[place_m])
    unions = [shapely.union_all(leaves[townships == one]) for one in range(TOWNSHIPS)]
    counties = ["county-0"] * TOWNSHIPS
    _insert_grids(database, "township", 3, parents=counties, drivers=[2000] * TOWNSHIPS, shapes_m=unions)
    numbers = [int(one) if one % 5 else None for one in dice.integers(0, 60, len(leaves))]
    parents = [f"township-{one}" for one in townships]
    _insert_grids(database, "grid", 4, parents=parents, drivers=numbers, shapes_m=list(leaves))
    x_m, y_m = dice.uniform(-radius_m, radius_m, (2, PLACES)) / np.sqrt(2)
    lon, lat = HERE.inverse(x_m, y_m)
    places = pa.table({"lon": lon, "lat": lat, "people": dice.integers(0, 5000, PLACES)})
    database.register("made", places)
    database.execute(
        "insert into places by name select 1 as origin_id, row_number() over () as row_number, "
        "'p' || row_number() over () as place_id, 'p' as name, * from made"
    )
    database.unregister("made")


def _insert_grids(
    database: duckdb.DuckDBPyConnection,
    name: str,
    level: int,
    *,
    parents: Sequence[str | None],
    drivers: Sequence[int | None],
    shapes_m: list[Any],
) -> None:
    shapes = shapely.to_wkb(HERE.to_degrees(np.array(shapes_m, dtype=object)))
    ids = [f"{name}-{number}" for number in range(len(parents))]
    rows = {"grid_id": ids, "name": ids, "parent_id": pa.array(parents, pa.string())}
    rows |= {"drivers": pa.array(drivers, pa.int32())}
    database.register("made", pa.table({**rows, "shape": pa.array(shapes.tolist(), pa.binary())}))
    database.execute(
        "insert into grids by name select 1 as origin_id, 1 as row_number, $level as level, "
        "* exclude shape, st_geomfromwkb(shape) as geom from made",
        {"level": level},
    )
    database.unregister("made")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


if __name__ == "__main__":
    main()
