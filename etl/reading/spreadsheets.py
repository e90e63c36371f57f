"""Reads the sheets of a workbook that hold a noun's table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from etl.reading.heading_rows import SEARCHED_ROWS, Headings, HeadingScore, find_headings
from etl.reading.raw_table import RawTable
from etl.reading.table_rows import TableRows
from etl.reading.workbooks import Workbook
from etl.reading.written_rows import RowTally, WrittenRow
from wording import Message, Refusal

SEARCHED_WITH_BLANKS = 2_000
KNOWN_HEADINGS = 2  # a sheet with so many is read without being named


@dataclass
class FoundSheet:
    """A sheet with its headings, or why it has none."""

    name: str
    headings: Headings | None
    refusal: Refusal | None = None

    @property
    def score(self) -> int:
        return self.headings.score if self.headings else -1


def read_spreadsheet(path: Path, file: str, heading_score: HeadingScore, sheet: str | None) -> list[RawTable]:
    """The sheet named, or every visible sheet whose headings the noun knows; rows are read lazily."""
    book = Workbook.open(path, file)
    if sheet is not None:
        return [_table(book, _found(book, _named(book, sheet), heading_score))]
    candidates = [_found(book, name, heading_score) for name in book.visible if book.scan(name).valued]
    if not candidates:
        raise Refusal(
            "{file} holds no rows in any visible sheet. Check that it is the right file and save it again.",
            file=file,
        )
    chosen = [found for found in candidates if found.score >= KNOWN_HEADINGS]
    chosen = chosen or [max(candidates, key=lambda found: max(found.score, 0))]
    tables = [_table(book, found) for found in chosen]
    tables[0].notes[:0] = _left_out(book, chosen)
    return tables


def _named(book: Workbook, sheet: str) -> str:
    names = book.visible + book.hidden
    for name in names:
        if name.strip() == sheet.strip():
            return name
    raise Refusal(
        "{file} has no sheet {sheet}. It has: {sheets}. Correct the sheet's name in sources.toml.",
        file=book.file,
        sheet=sheet,
        sheets=", ".join(names),
    )


def _found(book: Workbook, name: str, heading_score: HeadingScore) -> FoundSheet:
    rows = (row for row in islice(book.rows(name, RowTally()), SEARCHED_WITH_BLANKS) if row.own_cells)
    first = list(islice(rows, SEARCHED_ROWS))
    try:
        return FoundSheet(name, find_headings(first, heading_score, book.file, name, all_cells=True))
    except Refusal as refusal:
        return FoundSheet(name, None, refusal)


def _table(book: Workbook, found: FoundSheet) -> RawTable:
    headings = found.headings
    if headings is None:
        raise found.refusal or AssertionError(found.name)
    notes = list(headings.notes)
    merged = sum(1 for merged in book.merges(found.name) if merged.bottom + 1 > headings.last_row)
    if merged:
        notes.append(Message("Merged cells were copied into every row they span: {count}.", {"count": merged}))
    rows = TableRows(headings.columns, headings.written, notes)
    batches = _batches(book, found.name, headings, rows)
    return RawTable(file=book.file, sheet=found.name, columns=headings.columns, batches=batches, notes=notes)


def _batches(book: Workbook, name: str, headings: Headings, rows: TableRows) -> Iterator[pa.RecordBatch]:
    long_numbers = RowTally()
    yield from rows.batches(_below(book.rows(name, long_numbers), headings))
    if long_numbers.count:
        rows.notes.append(
            Message(
                "Numbers of more than 15 digits have lost their last digits: {count} rows (row {rows}). "
                "Store such ids as text.",
                dict(long_numbers.values),
            )
        )


def _below(rows: Iterator[WrittenRow], headings: Headings) -> Iterator[WrittenRow]:
    return (row for row in rows if row.number > headings.last_row)


def _left_out(book: Workbook, chosen: list[FoundSheet]) -> list[Message]:
    read = {found.name for found in chosen}
    others = [name for name in book.visible if name not in read]
    notes = []
    if book.hidden:
        text = "Hidden sheets were left out: {sheets}."
        notes.append(Message(text, {"sheets": ", ".join(book.hidden)}))
    if others:
        text = "Sheets without this table's headings were left out: {sheets}."
        notes.append(Message(text, {"sheets": ", ".join(others)}))
    return notes
