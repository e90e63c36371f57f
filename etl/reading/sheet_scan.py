"""What a sheet's values don't tell: how far it reaches, its errors, formulas and merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

MAX_KEPT_TEXTS = 200_000
MAX_KEPT_MERGES = 200_000


class MergedRange(NamedTuple):
    """Cells shown as one; all counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetScan:
    """One sheet; rows and columns counted from 0. `valued` counts the cells that hold something."""

    valued: int = 0
    first_column: int = 1 << 30
    last_column: int = -1
    last_row: int = -1
    faults: dict[int, str] = field(default_factory=dict)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)  # row, column: the error or the formula
    kept_texts: int = 0
    merges: list[MergedRange] = field(default_factory=list)
    too_many_merges: bool = False

    @property
    def cells(self) -> int:
        """Cells that the sheet takes in memory: its whole rectangle."""
        return (self.last_row + 1) * max(0, self.last_column - min(self.first_column, self.last_column) + 1)

    def value_at(self, row: int, first: int, last: int, *, rows: int = 1) -> None:
        """Values in one row, or in several equal ones."""
        self.valued += (last - first + 1) * rows
        self.first_column = min(self.first_column, first)
        self.last_column = max(self.last_column, last)
        self.last_row = max(self.last_row, row + rows - 1)

    def fault_at(self, row: int, column: int, fault: str, text: str) -> None:
        """An error, or a formula whose result was not stored."""
        if fault == "formula_error" or row not in self.faults:
            self.faults[row] = fault
        if self.kept_texts < MAX_KEPT_TEXTS:
            self.kept_texts += 1
            self.texts.setdefault(row, {})[column] = text

    def merge(self, merged: MergedRange) -> None:
        if merged.top == merged.bottom and merged.left == merged.right:
            return
        if len(self.merges) >= MAX_KEPT_MERGES:
            self.too_many_merges = True
        else:
            self.merges.append(merged)


def column_letters(column: int) -> str:
    """The column as Excel heads it, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters
