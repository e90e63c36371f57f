"""Finds the row of headings below titles and blank rows, and gives each column one name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from etl.reading.mojibake import is_mojibake
from etl.reading.raw_table import FAULT, GEOMETRY, ROW
from etl.reading.written_rows import WrittenRow
from wording import Message, Refusal

HeadingScore = Callable[[Sequence[str]], int]  # how many cells of a row are headings that the noun knows

SEARCHED_ROWS = 30
MAX_COLUMNS = 2_000
NUMBER = re.compile(r"[-+−]?[\d,.]+(e[-+]?\d+)?%?|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|true|false", re.IGNORECASE)
UNIT = re.compile(
    r"[（(\[【]?\s*(单位[:：])?\s*(个|座|处|辆|台|人|人次|次|户|家|公里|千米|米|平方米|㎡|m²|平方公里|亩|万?元|亿元|吨|度|°|小时|分钟"
    r"|天|年|%|％|km|m|min|h|t|kg|km/h|个/天|辆/日|辆/天|人/天)\s*[)）\]】]?",
    re.IGNORECASE,
)


@dataclass
class Headings:
    """The columns of a table, and which of the searched rows lie above and below them."""

    columns: list[str]
    score: int
    written: list[list[str]]  # the heading rows as they stand, to know them again further down
    next_index: int  # index among the searched rows of the first row of data
    last_row: int  # number of the last row that belongs to the headings
    notes: list[Message] = field(default_factory=list)


def find_headings(
    rows: Sequence[WrittenRow],
    heading_score: HeadingScore,
    file: str,
    sheet: str | None,
    *,
    all_cells: bool = False,
) -> Headings:
    """The headings among the first rows that are not blank; `all_cells` names empty trailing columns too."""
    if not rows:
        raise Refusal(
            "{place} holds no rows. Check that it is the right file and save it again.",
            place=_place(file, sheet),
        )
    upper, lower = _choose(rows, heading_score, file, sheet)
    cells = _joined(rows[upper].cells, rows[lower].cells, heading_score) if upper < lower else list(rows[lower].cells)
    names = [_tidy(cell) for cell in cells]
    width = max((len(row.cells) for row in rows), default=0) if all_cells else 0
    while len(names) > max(1, width) and not names[-1]:
        names.pop()
    names += [""] * (width - len(names))
    _refuse_unusable(names, file, sheet)
    notes = _notes_above(rows[:upper])
    columns = _unique(names, notes)
    score = heading_score([cell for cell in cells if cell])
    found = Headings(
        columns, score, [row.cells for row in rows[upper : lower + 1]], lower + 1, rows[lower].number, notes
    )
    _leave_out_units(found, rows)
    return found


def _choose(rows: Sequence[WrittenRow], heading_score: HeadingScore, file: str, sheet: str | None) -> tuple[int, int]:
    """Indexes of the upper and the lower heading row; equal where there is one row."""
    scores = [heading_score(row.cells) for row in rows]
    best_score, upper, lower = max(((score, -i, i) for i, score in enumerate(scores)), default=(0, 0, 0))
    upper = lower
    for i in range(len(rows) - 1):
        if _is_title(rows[i].cells) or _has_numbers(rows[i].cells) or _has_numbers(rows[i + 1].cells):
            continue
        pairs = zip_longest(rows[i].cells, rows[i + 1].cells, fillvalue="")
        pair_score = heading_score([under or over for over, under in pairs])
        if pair_score > max(best_score, scores[i], scores[i + 1]):
            best_score, upper, lower = pair_score, i, i + 1
    plain = next((i for i, row in enumerate(rows) if not _is_title(row.cells)), 0)
    if best_score == 0 or (best_score == 1 and plain < upper and _count(rows[plain]) >= max(2, _count(rows[upper]))):
        if _looks_like_data(rows[plain].cells):
            if best_score:
                return upper, lower
            raise Refusal(
                "{place} has no row of headings: its first row holds values. Add a row of headings, or say "
                "in sources.toml under [source.columns] which column is which.",
                place=_place(file, sheet),
            )
        return plain, plain
    if upper == lower and upper > 0 and _shares_merged_cells(rows[upper - 1].cells, rows[lower].cells):
        upper -= 1
    return upper, lower


def _joined(upper: list[str], lower: list[str], heading_score: HeadingScore) -> list[str]:
    """Two heading rows as one: the lower words, with the upper before them where they alone are unclear."""
    width = max(len(upper), len(lower))
    above, below = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    for i in range(1, width):
        if not above[i] and below[i] and below[i - 1]:
            above[i] = above[i - 1]
    times = Counter(below)
    joined = []
    for over, under in zip(above, below, strict=True):
        unclear = times[under] > 1 or not heading_score([under])
        joined.append(f"{over}/{under}" if over and under and over != under and unclear else under or over)
    return joined


def _shares_merged_cells(upper: list[str], lower: list[str]) -> bool:
    same = any(over and over == under for over, under in zip(upper, lower, strict=False))
    return same and upper != lower and not _is_title(upper) and not _has_numbers(upper)


def _is_title(cells: Sequence[str]) -> bool:
    """One text alone in its row, or copied through it by a merged cell."""
    return len({cell for cell in cells if cell}) <= 1 and len(cells) > 1


def _has_numbers(cells: Sequence[str]) -> bool:
    return any(NUMBER.fullmatch(cell.strip()) for cell in cells)


def _looks_like_data(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return sum(1 for cell in filled if NUMBER.fullmatch(cell.strip())) * 2 > len(filled)


def _count(row: WrittenRow) -> int:
    return sum(1 for cell in row.cells if cell)


def _tidy(cell: str) -> str:
    visible = "".join(sign for sign in cell if unicodedata.category(sign) != "Cf")
    return " ".join(visible.split())


def _refuse_unusable(names: list[str], file: str, sheet: str | None) -> None:
    if len(names) > MAX_COLUMNS:
        raise Refusal(
            "{place} has {count} columns; at most {limit} are read. Delete the columns to the right of the "
            "table and save it again.",
            place=_place(file, sheet),
            count=len(names),
            limit=MAX_COLUMNS,
        )
    garbled = [name for name in names if is_mojibake(name)]
    if garbled:
        raise Refusal(
            "The headings of {place} are garbled: {cells}. The file was once saved in the wrong encoding; "
            "export it again from where it comes from.",
            place=_place(file, sheet),
            cells=_shown_cells(garbled),
        )


def _notes_above(above: Sequence[WrittenRow]) -> list[Message]:
    if not above:
        return []
    values = {"first": above[0].number, "last": above[-1].number}
    return [Message("Rows {first} to {last} stand above the headings and were left out.", values)]


def _unique(names: list[str], notes: list[Message]) -> list[str]:
    """Names that the database can tell apart: it knows no capitals."""
    taken = {ROW, FAULT, GEOMETRY} | {name.casefold() for name in names if name}
    used: set[str] = {ROW, FAULT, GEOMETRY}
    unique, repeated, unnamed = [], [], []
    for place, name in enumerate(names, 1):
        chosen = name or f"column_{place}"
        number = 2
        while chosen.casefold() in (used if chosen == name else used | taken):
            chosen, number = f"{name or f'column_{place}'} ({number})", number + 1
        used.add(chosen.casefold())
        unique.append(chosen)
        if not name:
            unnamed.append(chosen)
        elif chosen != name:
            repeated.append(chosen)
    if repeated:
        notes.append(
            Message(
                "Headings that occur more than once were numbered: {cells}.",
                {"cells": _shown_cells(repeated)},
            )
        )
    if unnamed:
        notes.append(
            Message(
                "Columns without a heading were named by their place: {cells}.",
                {"cells": _shown_cells(unnamed)},
            )
        )
    return unique


def _leave_out_units(found: Headings, rows: Sequence[WrittenRow]) -> None:
    """A row that holds nothing but units belongs to the headings."""
    if found.next_index >= len(rows):
        return
    row = rows[found.next_index]
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if len(found.columns) > 1 and filled and all(UNIT.fullmatch(cell) for cell in filled):
        found.next_index += 1
        found.last_row = row.number
        found.notes.append(
            Message(
                "Row {row} holds only units and was left out: {cells}.",
                {"row": row.number, "cells": _shown_cells(filled)},
            )
        )


def _shown_cells(cells: Sequence[str]) -> str:
    filled = [cell.strip()[:40] for cell in cells if cell.strip()]
    return " | ".join(filled[:8]) + (" …" if len(filled) > 8 else "")


def _place(file: str, sheet: str | None) -> str | Message:
    return file if sheet is None else Message("{file}, sheet {sheet}", {"file": file, "sheet": sheet})
