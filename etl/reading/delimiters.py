"""Finds the sign that parts the fields of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from etl.reading.csv_records import CsvRecords
from etl.reading.heading_rows import SEARCHED_ROWS, HeadingScore
from etl.reading.text_lines import Line
from etl.reading.written_rows import WrittenRow, is_blank

DELIMITERS = (",", "\t", ";", "|", "，")
SAMPLED_RECORDS = 200


def find_delimiter(lines: Sequence[Line], heading_score: HeadingScore) -> str:
    """The sign under which most known headings appear, then the one that parts the rows most evenly."""
    ranked = [(_rank(lines, delimiter, heading_score), -place) for place, delimiter in enumerate(DELIMITERS)]
    return DELIMITERS[-max(ranked)[1]]


def _rank(lines: Sequence[Line], delimiter: str, heading_score: HeadingScore) -> tuple[int, float, int]:
    records = islice(CsvRecords(iter(lines), delimiter), SAMPLED_RECORDS)
    rows = [row for row in records if not is_blank(row.cells)]
    known = max((heading_score(row.cells) for row in rows[:SEARCHED_ROWS] if len(row.cells) > 1), default=0)
    width, evenness = _evenness(rows)
    return known, evenness if width > 1 else 0.0, width


def _evenness(rows: Sequence[WrittenRow]) -> tuple[int, float]:
    """The commonest number of fields above one, and the share of rows that have it."""
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return 1, 0.0
    width, times = widths.most_common(1)[0]
    return width, round(times / len(rows), 1)
