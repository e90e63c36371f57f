"""A row as a reader met it, and which rows people mean by a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

SHOWN_ROWS = 5
BLANK_SIGNS = " \t\r\n\v\f\x1a\u3000\xa0\u200b\ufeff"


class WrittenRow(NamedTuple):
    """One row: its number in the file, its cells as text (empty where nothing stands), and its fault."""

    number: int
    cells: list[str]
    fault: str | None = None
    own_cells: int | None = None  # filled cells before merged ones were copied in; None: count them


def is_blank(cells: list[str]) -> bool:
    return not "".join(cells).strip(BLANK_SIGNS)


def filled_cells(row: WrittenRow) -> int:
    if row.own_cells is not None:
        return row.own_cells
    return sum(1 for cell in row.cells if cell.strip(BLANK_SIGNS))


@dataclass
class RowTally:
    """How many rows something happened to, and the first few of them by number."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, number: int) -> None:
        self.count += 1
        if len(self.first) < SHOWN_ROWS:
            self.first.append(number)

    @property
    def values(self) -> dict[str, int | str]:
        shown = ", ".join(str(number) for number in self.first)
        return {"count": self.count, "rows": shown + (" …" if self.count > len(self.first) else "")}
