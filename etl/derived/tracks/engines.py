"""Which engine reads the tracks: the embedded database, or Spark by its name or address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from etl.derived.tracks.engine import EmbeddedEngine
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from etl.derived.tracks.engine import TrackEngine

EMBEDDED = "duckdb"
SPARK = "spark"
_REMOTE = "sc://"
_ROWS_AT_ONCE = 1_000_000


def track_engine(database: duckdb.DuckDBPyConnection, name: str, pings: str, spill_folder: Path) -> TrackEngine:
    """The engine of this name; without files of pings of its own, Spark is handed those of the snapshot."""
    if name in {"", EMBEDDED}:
        return EmbeddedEngine(database)
    if name != SPARK and not name.startswith(_REMOTE):
        raise Refusal("There is no engine “{name}”. There are: duckdb, spark, sc://host:port.", name=name)
    if name.startswith(_REMOTE) and not pings:
        raise Refusal("Say with --pings where the cluster finds the pings: a shared folder or an object store.")
    from etl.derived.tracks.spark_engine import SparkEngine  # noqa: PLC0415  (an extra)

    return SparkEngine(name, pings or str(_written(database, spill_folder)))


def _written(database: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """The pings of the snapshot as Parquet, which goes with the build."""
    folder.mkdir(exist_ok=True)
    file = folder / "pings.parquet"
    rows = database.cursor().execute("from pings").to_arrow_reader(_ROWS_AT_ONCE)
    with pq.ParquetWriter(file, rows.schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
    return file
