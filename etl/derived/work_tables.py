"""Tables that live only while something is derived."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def create_work_table(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """A temporary table of these rows; `name` is ours, never one from a file."""
    database.register("rows_at_hand", rows)
    database.execute(f"create or replace temp table {name} as select * from rows_at_hand")
    database.unregister("rows_at_hand")
