"""The statements that read tracks, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.derived.tracks.road_pieces import road_pieces
from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from etl.derived.tracks.engine import TrackEngine
    from etl.derived.tracks.hop_paths import HopPaths
    from etl.derived.tracks.rules import TrackRules
    from etl.projection import LocalProjection
    from etl.shapes import Area

LONGEST_SPELL_H = 48  # of which it is told by the hour on which corridors they were
TRACKS = ("points", "trucks_at_hand", "faulty_points", "stretches", "pieces", "spells_of_portion")
ON_ROADS = ("matched", "hops", "edge_pairs")
PRESENCE = ("visits", "passages")
RESULTS = (
    "found_stops",
    "found_spells",
    "found_breakpoints",
    "found_corridors",
    "found_trucks",
    "found_days",
    "found_faults",
    "found_matching",
)


def values_of(rules: TrackRules, projection: LocalProjection, area: Area, cell_size_m: float) -> dict[str, float]:
    """All that the statements name."""
    sides = {"west": area.west, "south": area.south, "east": area.east, "north": area.north}
    return rules.bound() | projection.closed_form() | sides | {"cell_size_m": cell_size_m}


def put_ground(
    engine: TrackEngine, database: duckdb.DuckDBPyConnection, projection: LocalProjection, rules: TrackRules
) -> None:
    """Give the engine what it compares positions with: cells and roads."""
    cells = database.execute(read_sql("etl.derived.tracks", "cells_to_heat")).to_arrow_table()
    engine.put("cells_to_heat", cells)
    engine.put("road_pieces", road_pieces(database, projection, rules))
    around = np.arange(-rules.longest_leg_h, rules.longest_leg_h + 1)
    engine.put("edge_corridors", database.execute(read_sql("etl.derived.tracks", "edge_corridors")).to_arrow_table())
    engine.put("hours_ahead", pa.table({"hour": np.arange(LONGEST_SPELL_H, dtype=np.float64)}))
    engine.put("hours_around", pa.table({"hour": around}))


def follow(engine: TrackEngine, ways: HopPaths, values: Mapping[str, float]) -> None:
    """Read all tracks, portion by portion; the results lie in the tables `found_…` of the engine."""
    for bucket in range(engine.buckets):
        bound = {**values, "bucket": bucket}
        for name in (*TRACKS, *ON_ROADS):
            engine.make(name, bound)
        ways.learn(engine.fetch("edge_pairs"))
        engine.put("hop_paths", ways.table())
        for name in PRESENCE:
            engine.make(name, bound)
        for name in RESULTS:
            engine.gather(name, bound)
