"""Lines become records: quoted fields may hold newlines, and an open quote costs one row, not the rest."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reading.text_lines import MAX_LINE_BYTES, Line
from etl.reading.written_rows import WrittenRow

MAX_RECORD_LINES = 200
SUSPICIOUS_QUOTES = 20  # after so many open quotes the search for the closing one is kept short
MAX_RECORD_LINES_WHEN_SUSPICIOUS = 5


@dataclass
class CsvRecords:
    """The records of some lines; `width` is the number of columns, once it is known."""

    lines: Iterator[Line]
    delimiter: str
    width: int | None = None
    waiting: deque[Line] = field(default_factory=deque)
    open_quotes: int = 0

    def __iter__(self) -> Iterator[WrittenRow]:
        # The module's own limit is lower than the length of a line that is let through.
        csv.field_size_limit(4 * MAX_LINE_BYTES)
        while (line := self._next_line()) is not None:
            yield self._record(line)

    def _next_line(self) -> Line | None:
        return self.waiting.popleft() if self.waiting else next(self.lines, None)

    def _record(self, line: Line) -> WrittenRow:
        if line.is_giant:
            return WrittenRow(line.number, line.text.split(self.delimiter), "giant_line")
        if '"' not in line.text:
            return WrittenRow(line.number, line.text.rstrip("\r\n").split(self.delimiter))
        return self._quoted(line) or self._as_it_stands(line)

    def _quoted(self, line: Line) -> WrittenRow | None:
        """The record by the rules of quoting; where they don't hold, None, and the lines are put back."""
        taken: list[Line] = []
        reader = csv.reader(self._feed(line, taken), delimiter=self.delimiter, strict=True)
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            cells = None
        if cells is not None and len(taken) > 1 and not self._fits(cells):
            cells = None
        if cells is None:
            self.open_quotes += len(taken) > 1
            self.waiting.extendleft(reversed(taken[1:]))
            return None
        return WrittenRow(line.number, cells)

    def _fits(self, cells: list[str]) -> bool:
        """Whether a record over several lines has the table's width: else its quote swallowed rows."""
        if self.width is None:
            return True
        return len(cells) >= self.width and not any(cells[self.width :])

    def _feed(self, line: Line, taken: list[Line]) -> Iterator[str]:
        suspicious = self.open_quotes >= SUSPICIOUS_QUOTES
        most_lines = MAX_RECORD_LINES_WHEN_SUSPICIOUS if suspicious else MAX_RECORD_LINES
        signs = 0
        following: Line | None = line
        while following is not None:
            taken.append(following)
            signs += len(following.text)
            if len(taken) > most_lines or signs > MAX_LINE_BYTES or following.is_giant:
                return
            yield following.text
            following = self._next_line()

    def _as_it_stands(self, line: Line) -> WrittenRow:
        """A line whose quotes make no sense, split with the quotes kept as text."""
        cells = line.text.rstrip("\r\n").split(self.delimiter)
        sound = line.text.count('"') % 2 == 0 and self.width is not None and len(cells) == self.width
        return WrittenRow(line.number, cells, None if sound else "unbalanced_quote")
