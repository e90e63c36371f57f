"""Copies a merged cell's text into every row and column that it spans."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from etl.reading.sheet_scan import MergedRange


class MergedCells:
    """The merged ranges of one sheet, met from its top to its bottom."""

    def __init__(self, ranges: Iterable[MergedRange], first_column: int) -> None:
        self.coming = deque(sorted(ranges))
        self.active: list[tuple[MergedRange, str]] = []
        self.first_column = first_column

    def fill(self, row: int, cells: list[str]) -> None:
        """Fills the empty cells of this row that lie in a merged range."""
        while self.coming and self.coming[0].top <= row:
            merged = self.coming.popleft()
            place = merged.left - self.first_column
            if merged.top == row and 0 <= place < len(cells):
                self.active.append((merged, cells[place]))
        if not self.active:
            return
        self.active = [(merged, text) for merged, text in self.active if merged.bottom >= row]
        for merged, text in self.active:
            for place in range(merged.left - self.first_column, min(merged.right - self.first_column + 1, len(cells))):
                cells[place] = cells[place] or text
