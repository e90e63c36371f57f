"""Writes a template: an empty sheet with its lists, an example that no build reads, and how to fill it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import xlsxwriter

from etl.templates.ledgers import Ledger
from etl.templates.template_columns import Content, TemplateColumn, template_column
from wording import say

EXAMPLE_SHEET, GUIDE_SHEET, WORDS_SHEET = "示例", "说明", "词表"
_ROWS: Final = 5_000  # so many have their lists and formats
_LEAST_WIDTH, _MOST_WIDTH = 10, 60
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS: Final = {
    Content.TEXT: "@", Content.WORD: "@", Content.WORDS: "@", Content.FLAG: "@", Content.NUMBER: "General",
    Content.DEGREES: "0.000000", Content.DAY: "yyyy-mm-dd", Content.MOMENT: "yyyy-mm-dd hh:mm",
}  # fmt: skip


def write_template(folder: Path, ledger: Ledger) -> Path:
    """Write the ledger's empty workbook into the folder."""
    path = folder / ledger.file
    columns = [template_column(ledger.noun, column) for column in ledger.columns]
    with xlsxwriter.Workbook(str(path), _PLAIN) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True}),
            "needed": book.add_format({"bold": True, "bg_color": "#FBE3D6", "border": 1, "text_wrap": True}),
            "title": book.add_format({"bold": True, "font_color": "#B00020"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _to_fill_in(book, book.add_worksheet(ledger.title), columns, formats)
        _example(book.add_worksheet(EXAMPLE_SHEET), ledger, columns, formats)
        _guide(book.add_worksheet(GUIDE_SHEET), ledger, columns, formats)
        _words(book.add_worksheet(WORDS_SHEET), columns, formats)
    return path


def _headings(sheet: Any, row: int, columns: list[TemplateColumn], formats: dict[str, Any]) -> None:  # noqa: ANN401
    for place, column in enumerate(columns):
        sheet.write_string(row, place, column.heading, formats["needed" if column.is_needed else "head"])


def _to_fill_in(book: Any, sheet: Any, columns: list[TemplateColumn], formats: dict[str, Any]) -> None:  # noqa: ANN401
    _headings(sheet, 0, columns, formats)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        cell = book.add_format({"num_format": _FORMATS[column.content]})
        sheet.set_column(place, place, _width(column.heading), cell)
        rule = _rule(place, column)
        if rule is not None:
            sheet.data_validation(1, place, _ROWS, place, rule)


def _rule(place: int, column: TemplateColumn) -> dict[str, Any] | None:
    """What the cell offers and warns of; a warning only, since the reader knows more words than the list."""
    told = {"error_type": "warning", "error_message": column.hint[:250]}
    if column.content in {Content.WORD, Content.FLAG}:
        letters = xlsxwriter.utility.xl_col_to_name(place)
        listed = f"={WORDS_SHEET}!${letters}$2:${letters}${len(column.words) + 1}"
        return {"validate": "list", "source": listed, **told}
    if column.content is Content.NUMBER:
        return {"validate": "decimal", "criteria": ">=", "value": 0, **told}
    if column.content is Content.DEGREES:
        most = 180 if column.name == "lon" else 90
        return {"validate": "decimal", "criteria": "between", "minimum": -most, "maximum": most, **told}
    return None


def _example(sheet: Any, ledger: Ledger, columns: list[TemplateColumn], formats: dict[str, Any]) -> None:  # noqa: ANN401
    sheet.write_string(0, 0, say("An example only: this sheet is not read."), formats["title"])
    _headings(sheet, 1, columns, formats)
    for place, column in enumerate(columns):
        value = ledger.example.get(column.name)
        sheet.set_column(place, place, _width(column.heading, str(value or "")))
        if isinstance(value, str):
            sheet.write_string(2, place, value)
        elif value is not None:
            sheet.write_number(2, place, value)


def _guide(sheet: Any, ledger: Ledger, columns: list[TemplateColumn], formats: dict[str, Any]) -> None:  # noqa: ANN401
    lines = (
        say("Fill in the sheet {sheet} from its second row on, one row for each.", sheet=ledger.title),
        say("Leave empty what is not known; an empty cell is not taken for 0 or no."),
        say("Columns that you have no use for may be deleted; sheet and headings keep their names."),
    )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    first = len(lines) + 1
    for place, heading in enumerate((say("Column"), say("What to write"))):
        sheet.write_string(first, place, heading, formats["head"])
    for row, column in enumerate(columns, start=first + 1):
        sheet.write_string(row, 0, column.heading)
        sheet.write_string(row, 1, column.hint, formats["wrapped"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)


def _words(sheet: Any, columns: list[TemplateColumn], formats: dict[str, Any]) -> None:  # noqa: ANN401
    """The words of each list below its column's heading, in the same place as the column itself."""
    for place, column in enumerate(columns):
        if not column.words:
            continue
        sheet.write_string(0, place, column.heading, formats["head"])
        for row, word in enumerate(column.words, start=1):
            sheet.write_string(row, place, word)
        sheet.set_column(place, place, _width(column.heading, *column.words))


def _width(*texts: str) -> int:
    """Chinese signs take the room of two."""
    widest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return min(_MOST_WIDTH, max(_LEAST_WIDTH, widest + 3))
