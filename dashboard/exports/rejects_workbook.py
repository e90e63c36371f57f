"""Refused rows as a workbook: each office corrects its own sheet and sends it in again."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from planning.mending import how_to_mend
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from planning.data_health import HealthReport
    from planning.health_records import RejectedRow, Source

ROWS_A_SHEET = 100_000
_CELL_LENGTH = 32_000  # Excel holds 32,767 characters in a cell
_COLUMNS = 1_000
_WIDTH_ROWS = 200
_NARROWEST, _WIDEST = 8, 42
_LEADING = (mark("File"), mark("Sheet"), mark("Row"), mark("Reasons"), mark("What to do"))
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')

# Texts are written as texts whatever they look like; these hold should another way of writing slip in.
_PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_rejects(report: HealthReport, target: Path | BinaryIO) -> None:
    """Write one sheet for each source that has refused rows."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (not before somebody asks for a workbook)

    with Workbook(
        target if hasattr(target, "write") else str(target), {"constant_memory": True, **_PLAIN_TEXT}
    ) as book:
        formats = _formats(book)
        taken: set[str] = set()
        for source in report.sources:
            if source.tally.rejected:
                sheet = book.add_worksheet(sheet_name(source.title, taken))
                _write_source(sheet, report, source, formats)
        if not taken:
            book.add_worksheet(say("Refused rows")).write_string(0, 0, say("No row was refused."))


def workbook_name(report: HealthReport) -> str:
    """The file's name, with the place, the build, and the word that the data are made up where they are."""
    made_up = f"_{say('Sample data')}" if report.build.is_made_up else ""
    name = f"{say('Refused rows')}_{report.build.place_name}{made_up}_{report.build.build_id}"
    return _NOT_IN_FILE_NAMES.sub(" ", name)[:120] + ".xlsx"


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts and no other sheet has; `taken` remembers it."""
    legal = _NOT_IN_SHEET_NAMES.sub(" ", name).strip().strip("'")[:31].strip().strip("'") or say("Source")
    if legal.lower() == "history":  # Excel keeps this one for itself
        legal += "_"
    chosen, number = legal, 1
    while chosen.lower() in taken:
        number += 1
        ending = f" ({number})"
        chosen = legal[: 31 - len(ending)] + ending
    taken.add(chosen.lower())
    return chosen


def _formats(book: Workbook) -> dict[str, Format]:
    cell = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {
        # The mark before a text keeps even one that begins like a formula from becoming one when edited.
        "cell": book.add_format({**cell, "quote_prefix": True}),
        "number": book.add_format({"num_format": "0", "valign": "top"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#E6ECF1", "bottom": 1}),
    }


def _write_source(sheet: Worksheet, report: HealthReport, source: Source, formats: dict[str, Format]) -> None:
    headings = report.rejected_headings(source.source_id)[: _COLUMNS - len(_LEADING)]
    head = [*(say(text) for text in _LEADING), *headings]
    rows = report.every_rejected_row(source.source_id, at_most=ROWS_A_SHEET)
    first_rows = [_cells(row, headings) for row in islice(rows, _WIDTH_ROWS)]
    _set_widths(sheet, head, first_rows)
    for column, text in enumerate(head):
        sheet.write_string(0, column, text[:_CELL_LENGTH], formats["head"])
    last = 0
    for last, cells in enumerate(chain(first_rows, (_cells(row, headings) for row in rows)), start=1):
        _write_row(sheet, last, cells, formats)
    if source.tally.rejected > last:
        sheet.write_string(last + 1, 0, _left_out(source.tally.rejected - last), formats["cell"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(head) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _left_out(count: int) -> str:
    return say("{count} more rows were refused than fit here.", count=f"{count:,}")


def _cells(row: RejectedRow, headings: Sequence[str]) -> list[str | int | None]:
    return [
        row.origin.file,
        row.origin.sheet,
        row.row_number,
        "\n".join(reason.sentence for reason in row.reasons),
        "\n".join(how_to_mend(row)),
        *(row.original.get(heading) for heading in headings),
    ]


def _write_row(sheet: Worksheet, at: int, cells: Iterable[str | int | None], formats: dict[str, Format]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, int):
            sheet.write_number(at, column, value, formats["number"])
        elif value is not None:
            sheet.write_string(at, column, value[:_CELL_LENGTH], formats["cell"])


def _set_widths(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[str | int | None]]) -> None:
    for column, heading in enumerate(head):
        widest = max([_width(heading) + 3, *(_width(row[column]) for row in rows)])
        sheet.set_column(column, column, min(max(widest, _NARROWEST), _WIDEST))


def _width(value: str | int | None) -> int:
    """In characters of Excel, of which a Chinese one takes two."""
    if value is None:
        return 0
    lines = str(value)[:500].splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines) + 1
