"""A database that knows the etl's macros, for tests of what written text becomes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.build import prepare
from etl.engine import open_database
from etl.shapes import Area

AROUND_JINGCHUAN = Area(106.0, 34.0, 109.0, 37.0)


def taught_database(folder: Path) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that has learnt the macros, the words and a key."""
    database = open_database()
    prepare(database, folder, AROUND_JINGCHUAN)
    return database
