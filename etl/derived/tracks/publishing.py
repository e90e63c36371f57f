"""Heat and flows as tables of the snapshot: only what hides each single truck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.derived.work_tables import create_work_table
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.tracks.engine import TrackEngine
    from etl.derived.tracks.rules import TrackRules


def write_heat(database: duckdb.DuckDBPyConnection, engine: TrackEngine, rules: TrackRules) -> None:
    """Fill `cell_heat`, `section_flows` and `track_days`."""
    for name in ("found_trucks", "found_days"):
        create_work_table(database, name, engine.fetch(name))
    k = {"k": rules.k_anonymity}
    database.execute(read_sql("etl.derived.tracks", "published"), k)
    for name in ("cell_heat_insert", "section_flows_insert"):
        database.execute(read_sql("etl.derived.tracks", name))
    database.execute(read_sql("etl.derived.tracks", "track_days_insert"), k)
    for name in ("found_trucks", "found_days", "published"):
        database.execute(f"drop table temp.{name}")


def write_tracking(database: duckdb.DuckDBPyConnection, engine: TrackEngine, rules: TrackRules) -> None:
    """Fill `ping_faults` and `tracking`."""
    for name in ("found_faults", "found_matching"):
        create_work_table(database, name, engine.fetch(name))
    database.execute(read_sql("etl.derived.tracks", "ping_faults_insert"))
    numbers = {"rest_stop_min": rules.rest_stop_min, "driving_spell_h": rules.driving_spell_h, "k": rules.k_anonymity}
    database.execute(read_sql("etl.derived.tracks", "tracking_insert"), numbers)
    for name in ("found_faults", "found_matching"):
        database.execute(f"drop table temp.{name}")
