"""What the ledger of repair shops told of them at earlier surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb


def keep_earlier_surveys(database: duckdb.DuckDBPyConnection) -> None:
    """Create and fill `repair_shops_earlier`; wants the ledgers read."""
    database.execute(read_sql("etl.derived", "repair_shops_earlier"))
