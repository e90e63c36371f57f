"""Rows below the headings become record batches; what is no row of the table is left out and noted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from etl.reading.closing_rows import is_total, may_close, may_continue_closing
from etl.reading.mojibake import is_mojibake, may_be_mojibake
from etl.reading.raw_table import batch_schema
from etl.reading.written_rows import RowTally, WrittenRow, is_blank
from wording import Message, mark

BATCH_ROWS = 50_000
BATCH_SIGNS = 16_000_000  # long texts make a batch end sooner
HELD_ROWS = 50

REPEATED = mark("Headings repeated further down were left out: {count} (row {rows}).")
TOTALS = mark("Total rows were left out: {count} (row {rows}).")
CLOSING = mark("Remarks and totals below the table were left out: {count} (row {rows}).")
BLANK = mark("Blank rows were left out: {count} (row {rows}).")
SHORT = mark("Rows with fewer cells than headings: {count} (row {rows}). The missing cells are taken as unknown.")


@dataclass
class TableRows:
    """The rows of one table; its notes are complete once the batches have been read."""

    columns: list[str]
    heading_rows: list[list[str]]
    notes: list[Message]
    delimiter: str = "\t"
    tallies: dict[str, RowTally] = field(default_factory=dict)

    def batches(self, rows: Iterable[WrittenRow]) -> Iterator[pa.RecordBatch]:
        """Batches of the rows that belong to the table."""
        schema = batch_schema(self.columns)
        pending: list[tuple[int | str | None, ...]] = []
        signs = 0
        for row in self._without_closing(self._without_totals(rows)):
            pending.append(self._fitted(row))
            signs += sum(map(len, row.cells))
            if len(pending) >= BATCH_ROWS or signs >= BATCH_SIGNS:
                yield _batch(pending, schema)
                pending, signs = [], 0
        if pending:
            yield _batch(pending, schema)
        self.notes.extend(Message(text, dict(tally.values)) for text, tally in self.tallies.items())

    def _tally(self, text: str, number: int) -> None:
        self.tallies.setdefault(text, RowTally()).add(number)

    def _without_totals(self, rows: Iterable[WrittenRow]) -> Iterator[WrittenRow]:
        for row in rows:
            if row.fault is None and (row.own_cells == 0 or is_blank(row.cells)):
                self._tally(BLANK, row.number)
            elif row.cells in self.heading_rows:
                self._tally(REPEATED, row.number)
            elif is_total(row):
                self._tally(TOTALS, row.number)
            else:
                yield row

    def _without_closing(self, rows: Iterable[WrittenRow]) -> Iterator[WrittenRow]:
        """Holds back what may close the table until it is known whether data follow."""
        held: deque[WrittenRow] = deque()
        width = len(self.columns)
        for row in rows:
            if may_close(row, width) or (held and may_continue_closing(row, width)):
                held.append(row)
                if len(held) > HELD_ROWS:
                    yield held.popleft()
                continue
            yield from held
            held.clear()
            yield row
        for row in held:
            self._tally(CLOSING, row.number)

    def _fitted(self, row: WrittenRow) -> tuple[int | str | None, ...]:
        """Number, fault, and exactly one cell a column; cells too many stay readable in the last column."""
        width = len(self.columns)
        cells, fault = row.cells, row.fault
        if len(cells) > width:
            if any(cell for cell in cells[width:]):
                fault = fault or "too_many_fields"
                cells = [*cells[: width - 1], self.delimiter.join(cells[width - 1 :])]
            cells = cells[:width]
        elif len(cells) < width:
            if fault is None:
                self._tally(SHORT, row.number)
            cells = cells + [""] * (width - len(cells))
        return (row.number, fault or text_fault(cells), *(cell or None for cell in cells))


def text_fault(cells: list[str]) -> str | None:
    """The rule that a row's text breaks, whatever its columns mean."""
    joined = "\n".join(cells)
    if joined.isascii():
        return None
    if "\ufffd" in joined:
        return "unreadable_bytes"
    return "mojibake" if may_be_mojibake(joined) and any(map(is_mojibake, cells)) else None


def _batch(rows: list[tuple[int | str | None, ...]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(values, kind.type) for values, kind in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
