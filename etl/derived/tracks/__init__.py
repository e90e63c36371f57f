"""What the trucks' own tracks say: stops, driving spells, and how many trucks are where at which hour.

The statements of this folder that have no `create` are plain SQL that DuckDB and Spark both read; what they need
beyond it (moments as seconds, the way between two edges) is made before them or between them.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from etl.derived.tracks.engine import EmbeddedEngine
from etl.derived.tracks.following import follow, put_ground, values_of
from etl.derived.tracks.hop_paths import HopPaths
from etl.derived.tracks.publishing import write_heat, write_tracking
from etl.derived.tracks.rules import TrackRules
from etl.derived.tracks.stops_and_spells import write_spells, write_stops
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.tracks.engine import TrackEngine
    from etl.projection import LocalProjection
    from etl.shapes import Area

TABLES = ("stops", "spells", "spell_corridors", "cell_heat", "section_flows", "track_days")


def follow_tracks(
    database: duckdb.DuckDBPyConnection,
    projection: LocalProjection,
    area: Area,
    cell_size_m: float,
    engine: TrackEngine | None = None,
) -> None:
    """Create and fill the tables of stops, spells, heat and flows; wants pings, cells, roads and corridors."""
    for table in TABLES:
        database.execute(read_sql("etl.derived.tracks", table))
    rules = TrackRules()
    with closing(engine or EmbeddedEngine(database)) as running:
        put_ground(running, database, projection, rules)
        follow(running, HopPaths(database, projection), values_of(rules, projection, area, cell_size_m))
        write_stops(database, running, projection, cell_size_m)
        write_spells(database, running, projection)
        write_heat(database, running, rules)
        write_tracking(database, running, rules)
