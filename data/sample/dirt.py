"""The bad rows set into the files on purpose, and the list that says of each what is to become of it."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

Expected = Literal["kept", "repaired", "rejected"]


@dataclass(frozen=True)
class Dirt:
    """One bad row: `row` is a spreadsheet's row, a text file's line, or a feature counted from 1."""

    file: str
    row: int
    id: str
    column: str
    written: str
    kind: str
    expected: Expected
    why: str


def write_dirt(path: Path, dirt: list[Dirt]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(field.name for field in fields(Dirt))
        writer.writerows(astuple(one) for one in sorted(dirt, key=lambda one: (one.file, one.row)))
