"""What every reader gives: one sheet, layer or file as it was written, before anything is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from wording import Message

ROW = "_row"  # the row's number as its office sees it: spreadsheet row, line of the file, or feature from 1
FAULT = "_fault"  # a rule of etl/rules.py that the row breaks before any contract is asked, or null
GEOMETRY = "_geometry"  # well-known binary in the file's own coordinates, or null


@dataclass
class RawTable:
    """One table as it was written. Each batch holds `_row` int64, `_fault` string, then one string per column.

    Where `has_geometry` is set, `_geometry` (binary) follows `_fault`. Unreadable rows are batched too,
    with their fault named: a reader drops nothing but titles, blank rows and totals, and notes them.
    """

    file: str
    sheet: str | None
    columns: list[str]
    batches: Iterator[pa.RecordBatch]
    has_geometry: bool = False
    crs: str | None = None  # as the file declares it ("EPSG:4326" or WKT); None where it is silent
    datum: str | None = None  # gcj02, bd09 … where the format itself says so
    notes: list[Message] = field(default_factory=list)  # what reading met and did, for the data page


def batch_schema(columns: list[str], *, has_geometry: bool = False) -> pa.Schema:
    """The Arrow schema that a table's batches follow."""
    leading = [pa.field(ROW, pa.int64()), pa.field(FAULT, pa.string())]
    if has_geometry:
        leading.append(pa.field(GEOMETRY, pa.binary()))
    return pa.schema(leading + [pa.field(column, pa.string()) for column in columns])
