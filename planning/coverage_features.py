"""Coverage cell by cell and village by village, as rows to read and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features, features
from planning.network import NOTHING
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.cell_table import Numbers, Places
    from planning.coverage import Coverage


def cell_coverage(found: Coverage) -> Features:
    """One row per cell: its way to the nearest station that fits, whether that is near enough, who lives there."""
    cells = found.cells
    size_m = cells.lattice.cell_size_m
    squares_m = shapely.box(cells.i * size_m, cells.j * size_m, (cells.i + 1) * size_m, (cells.j + 1) * size_m)
    squares = cells.lattice.projection.to_degrees(squares_m)
    columns = (
        *_way_columns(found),
        Column("drivers", say("Drivers"), say("persons")),
        Column("people", say("People"), say("persons")),
        Column("area_km2", say("Land"), "km²"),
    )
    table = pa.table(
        {
            KEY: pa.array(cells.cell_id.astype(str)),
            **_way(found, found.reach.cost, found.reach.station),
            "drivers": pa.array(cells.drivers, from_pandas=True),
            "people": pa.array(cells.people, from_pandas=True),
            "area_km2": pa.array(cells.area_km2),
            SHAPE: pa.array(shapely.to_wkb(squares), pa.binary()),
        }
    )
    return Features("cells", say("Analysis cells"), columns, table)


def place_coverage(atlas: Atlas, found: Coverage) -> Features:
    """One row per village or town: its way to the nearest station that fits."""
    listed = features(atlas, "places")
    place = {thing_id: number for number, thing_id in enumerate(found.reach.place_ids)}
    rows = np.array([place[thing_id] for thing_id in listed.table.column(KEY).to_pylist()], dtype=np.int64)
    kept = [column for column in listed.columns if column.name in {"name", "kind", "people"}]
    way = _way(found, found.reach.place_cost[rows], found.reach.place_station[rows])
    table = pa.table(
        {
            KEY: listed.table.column(KEY),
            **{column.name: listed.table.column(column.name) for column in kept},
            **way,
            SHAPE: listed.table.column(SHAPE),
        }
    )
    return Features("places", listed.title, (*kept, *_way_columns(found)), table)


def _way_columns(found: Coverage) -> tuple[Column, ...]:
    is_min = found.reach.need.measure == "min"
    return (
        Column("minutes" if is_min else "km", say("to the nearest station"), say("min") if is_min else "km"),
        Column("is_covered", say("Covered")),
        Column("nearest_station", say("Nearest station")),
    )


def _way(found: Coverage, cost: Numbers, station: Places) -> dict[str, pa.Array]:
    """Null where no way leads to such a station."""
    names = [one.name for one in found.reach.stations]
    return {
        "minutes" if found.reach.need.measure == "min" else "km": pa.array(
            np.where(np.isfinite(cost), cost, np.nan), from_pandas=True
        ),
        "is_covered": pa.array(cost <= found.within),
        "nearest_station": pa.array([None if one == NOTHING else names[one] for one in station.tolist()], pa.string()),
    }
