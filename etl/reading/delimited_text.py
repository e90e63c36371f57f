"""Reads delimited text of any encoding and delimiter, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from etl.reading.csv_records import CsvRecords
from etl.reading.delimiters import find_delimiter
from etl.reading.encodings import Encoding
from etl.reading.heading_rows import SEARCHED_ROWS, Headings, HeadingScore, find_headings
from etl.reading.raw_table import RawTable
from etl.reading.table_rows import TableRows
from etl.reading.text_lines import Line, TextFile
from etl.reading.written_rows import WrittenRow, is_blank
from wording import Message, Refusal

SAMPLED_LINES = 400
SAMPLED_SIGNS = 4_000_000
SEARCHED_RECORDS = 1_000  # blank rows above the headings count among them


@dataclass(frozen=True)
class TextLayout:
    """How a text is written, found from its beginning."""

    text: TextFile
    delimiter: str
    headings: Headings
    has_quotes: bool


def layout_of(path: Path, file: str, heading_score: HeadingScore) -> TextLayout:
    """The text's encoding, delimiter and headings."""
    text = TextFile.open(path, file)
    sample = _sample(text)
    if not sample:
        raise Refusal("{file} is empty. Check that it is the right file and save it again.", file=file)
    delimiter = find_delimiter(sample, heading_score)
    headings = find_headings(_first_rows(text, delimiter), heading_score, file, None)
    return TextLayout(text, delimiter, headings, any('"' in line.text for line in sample))


def read_delimited(path: Path, file: str, heading_score: HeadingScore) -> list[RawTable]:
    """The one table of a delimited text; its batches are read as they are asked for."""
    layout = layout_of(path, file, heading_score)
    headings = layout.headings
    notes = list(headings.notes)
    rows = TableRows(headings.columns, headings.written, notes, layout.delimiter)
    batches = _batches(layout.text, headings, rows)
    return [RawTable(file=file, sheet=None, columns=headings.columns, batches=batches, notes=notes)]


def _sample(text: TextFile) -> list[Line]:
    sample: list[Line] = []
    signs = 0
    for line in islice(text.lines(), SAMPLED_LINES):
        sample.append(line)
        signs += len(line.text)
        if signs > SAMPLED_SIGNS:
            break
    return sample


def _first_rows(text: TextFile, delimiter: str) -> list[WrittenRow]:
    records = islice(CsvRecords(text.lines(), delimiter), SEARCHED_RECORDS)
    return list(islice((row for row in records if not is_blank(row.cells)), SEARCHED_ROWS))


def _batches(text: TextFile, headings: Headings, rows: TableRows) -> Iterator[pa.RecordBatch]:
    records = CsvRecords(text.lines(), rows.delimiter)
    yield from rows.batches(_below(records, headings))
    rows.notes.extend(text.notes())
    if text.encoding is not Encoding.UTF8:
        rows.notes.append(Message("The file was read as {encoding}.", {"encoding": text.encoding.value}))


def _below(records: CsvRecords, headings: Headings) -> Iterator[WrittenRow]:
    """The rows under the headings; from there on a record's number of fields is known."""
    for row in records:
        if row.number >= headings.last_row:
            records.width = len(headings.columns)
        if row.number > headings.last_row:
            yield row
