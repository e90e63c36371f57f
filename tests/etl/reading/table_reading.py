"""What the reading tests share: a noun's headings, and a table read to its end."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from etl.reading.raw_table import FAULT, ROW, RawTable

KNOWN = {"名称", "经度", "纬度", "类型", "备注", "停车", "淋浴", "桩号"}

Row = dict[str, str | int | None]


def heading_score(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip() in KNOWN)


def rows_of(table: RawTable) -> list[Row]:
    batches = list(table.batches)
    return pa.Table.from_batches(batches).to_pylist() if batches else []


def cells_of(table: RawTable) -> list[list[str | int | None]]:
    """The rows without their numbers and faults."""
    return [[row[column] for column in table.columns] for row in rows_of(table)]


def numbers_and_faults(table: RawTable) -> list[tuple[str | int | None, str | int | None]]:
    return [(row[ROW], row[FAULT]) for row in rows_of(table)]


def notes_of(table: RawTable) -> str:
    return "\n".join(note.text.format_map(note.values) for note in table.notes)
