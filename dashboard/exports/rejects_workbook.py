"""Refused rows as a workbook: each office corrects its own sheet and sends it in again."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from dashboard.exports.file_names import file_name_of
from dashboard.exports.workbook_cells import CELL_LENGTH, PLAIN_TEXT, cell_formats, sheet_name, width_for
from planning.mending import how_to_mend
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from planning.data_health import HealthReport
    from planning.health_records import RejectedRow, Source

ROWS_A_SHEET = 100_000
_COLUMNS = 1_000
_WIDTH_ROWS = 200
_LEADING = (mark("File"), mark("Sheet"), mark("Row"), mark("Reasons"), mark("What to do"))


def write_rejects(report: HealthReport, target: Path | BinaryIO) -> None:
    """Write one sheet for each source that has refused rows."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (not before somebody asks for a workbook)

    with Workbook(target if hasattr(target, "write") else str(target), {"constant_memory": True, **PLAIN_TEXT}) as book:
        formats = cell_formats(book)
        taken: set[str] = set()
        for source in report.sources:
            if source.tally.rejected:
                sheet = book.add_worksheet(sheet_name(source.title, taken))
                _write_source(sheet, report, source, formats)
        if not taken:
            book.add_worksheet(say("Refused rows")).write_string(0, 0, say("No row was refused."))


def workbook_name(report: HealthReport) -> str:
    """The file's name, with the place, the build, and the word that the data are made up where they are."""
    build = report.build
    return file_name_of(
        say("Refused rows"),
        "xlsx",
        place_name=build.place_name,
        is_made_up=build.is_made_up,
        build_id=build.build_id,
    )


def _write_source(sheet: Worksheet, report: HealthReport, source: Source, formats: dict[str, Format]) -> None:
    headings = report.rejected_headings(source.source_id)[: _COLUMNS - len(_LEADING)]
    head = [*(say(text) for text in _LEADING), *headings]
    rows = report.every_rejected_row(source.source_id, at_most=ROWS_A_SHEET)
    first_rows = [_cells(row, headings) for row in islice(rows, _WIDTH_ROWS)]
    _set_widths(sheet, head, first_rows)
    for column, text in enumerate(head):
        sheet.write_string(0, column, text[:CELL_LENGTH], formats["head"])
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
            sheet.write_string(at, column, value[:CELL_LENGTH], formats["cell"])


def _set_widths(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[str | int | None]]) -> None:
    for column, heading in enumerate(head):
        sheet.set_column(column, column, width_for(heading, (row[column] for row in rows)))
