"""Times the cells of a large place: `python -m tests.bench.cells --cells 1000000`.

A round place, 5,000 places, and a tree of grids: a county, 50 townships, 1,300 grids with ragged borders.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from etl.derived.cells import lay_cells
from etl.derived.findings import find_between_rows
from tests.etl.derived.small_county import HERE, empty_build

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

CELL_SIZE_M = 500.0
PLACES = 5000
GRIDS_ACROSS = 40
TOWNSHIPS = 50


def main() -> None:
    options = _options()
    radius_m = float(np.sqrt(options.cells / np.pi) * CELL_SIZE_M)
    place_m = shapely.Point(0, 0).buffer(radius_m, quad_segs=1000)
    database = empty_build()
    _fill(database, place_m, radius_m, np.random.default_rng(options.seed))
    boundary = HERE.to_degrees(place_m)
    started = time.monotonic()
    count = lay_cells(database, boundary, HERE, CELL_SIZE_M)
    cells_s = time.monotonic() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.monotonic()
    findings = find_between_rows(database, boundary, HERE)
    measured = {
        "cells": count,
        "cells_s": round(cells_s, 2),
        "cells_per_s": round(count / cells_s),
        "peak_mb": round(peak_mb),
        "findings": findings,
        "findings_s": round(time.monotonic() - started, 2),
    }
    sys.stdout.write(json.dumps(measured) + "\n")


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
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
