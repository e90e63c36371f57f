"""Rows as a workbook: in the words of the page, numbers as numbers, unknown as such."""

from __future__ import annotations

import datetime as dt
import io
import math
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import shapely

from dashboard.exports.feature_rows import are_points, batches, in_words, keys_of, shapes_of
from dashboard.exports.workbook_cells import CELL_LENGTH, PLAIN_TEXT, cell_formats, sheet_name, width_for
from planning.features import KEY
from wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from dashboard.exports.provenance import Provenance
    from planning.feature_columns import Column
    from planning.features import Features

ROWS_A_SHEET = 1_048_575  # below the headings
_WIDTH_ROWS = 200
_DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (as Excel counts, without a zone)
_DAYS_FROM = dt.date(1900, 3, 1)  # Excel counts a day too many before
_A_DAY = dt.timedelta(days=1)


class _Field(NamedTuple):
    """A column of the sheet: its heading, the look of its values, and how a value is turned into a cell's."""

    heading: str
    look: str
    cell: Callable[[Any], Any]


def excel_file(features: Features, provenance: Provenance) -> bytes:
    """The rows on one sheet, or several where they are too many, and a last one that says where they come from."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (not before somebody asks for a workbook)

    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True, **PLAIN_TEXT}) as book:
        book.set_properties({"title": f"{features.title} {provenance.place_name}", "created": provenance.built_at})
        formats = cell_formats(book)
        taken: set[str] = set()
        _write_rows(book, features, formats, taken)
        notes = book.add_worksheet(sheet_name(say("About this file"), taken))
        _write_notes(notes, provenance.lines(features), formats)
    return target.getvalue()


def _write_rows(book: Workbook, features: Features, formats: dict[str, Format], taken: set[str]) -> None:
    has_key, has_points = KEY in features.table.column_names, are_points(features)
    fields = _fields(features, has_key=has_key, has_points=has_points)
    rows = _rows(features, fields, has_key=has_key, has_points=has_points)
    left = features.table.num_rows
    while True:
        sheet = book.add_worksheet(sheet_name(features.title, taken))
        count = min(left, ROWS_A_SHEET)
        _write_sheet(sheet, fields, rows, count, formats)
        left -= count
        if not left:
            return


def _fields(features: Features, *, has_key: bool, has_points: bool) -> list[_Field]:
    fields = [_Field(say("ID"), "cell", _text)] if has_key else []
    fields += [_field(column, features.table.schema.field(column.name).type) for column in features.columns]
    if has_points:
        fields += [_Field(f"{label} (WGS-84)", "degrees", _number) for label in (say("longitude"), say("latitude"))]
    return fields


def _field(column: Column, kind: pa.DataType) -> _Field:
    is_coded = bool(column.codes) or column.name == "level"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _Field(column.heading, "day" if pa.types.is_date(kind) else "moment", _day_or_text)
    if is_coded or not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        words = in_words(column)
        return _Field(column.heading, "cell", lambda value: words(value)[:CELL_LENGTH])
    return _Field(column.heading, "measure" if pa.types.is_floating(kind) else "number", _number)


def _number(value: float | None) -> float | None:
    return value if value is None or math.isfinite(value) else None


def _text(value: Any) -> str:  # noqa: ANN401
    return say("unknown") if value is None else str(value)[:CELL_LENGTH]


def _day_or_text(value: dt.date | None) -> float | str | None:
    """A day or moment as the number that Excel shows as one; one before Excel's calendar as text."""
    if value is None:
        return None
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return (moment - _DAY_0) / _A_DAY if moment.date() >= _DAYS_FROM else f"{value:%Y-%m-%d}"


def _rows(
    features: Features, fields: Sequence[_Field], *, has_key: bool, has_points: bool
) -> Iterator[tuple[Any, ...]]:
    for batch in batches(features):
        written = [keys_of(batch)] if has_key else []
        written += [batch.column(column.name).to_pylist() for column in features.columns]
        if has_points:
            shapes = shapes_of(batch)
            written += [shapely.get_x(shapes).tolist(), shapely.get_y(shapes).tolist()]
        cells = [[field.cell(value) for value in values] for field, values in zip(fields, written, strict=True)]
        yield from zip(*cells, strict=True)


def _write_sheet(
    sheet: Worksheet, fields: Sequence[_Field], rows: Iterator[tuple[Any, ...]], count: int, formats: dict[str, Format]
) -> None:
    first = [next(rows) for _ in range(min(count, _WIDTH_ROWS))]
    for at, field in enumerate(fields):
        width = width_for(field.heading, (_sized(row[at], field.look) for row in first))
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, field.heading[:CELL_LENGTH], formats["head"])
    looks, text, unknown = [formats[field.look] for field in fields], formats["cell"], say("unknown")
    rest = (next(rows) for _ in range(count - len(first)))
    for number, row in enumerate(chain(first, rest), start=1):
        for at, value in enumerate(row):
            if value is None:
                sheet.write_string(number, at, unknown, text)
            elif isinstance(value, str):
                sheet.write_string(number, at, value, text)
            else:
                sheet.write_number(number, at, value, looks[at])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(fields) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _sized(value: Any, look: str) -> Any:  # noqa: ANN401
    """What a cell shows, for the width of its column."""
    return "0000-00-00 00:00"[: 16 if look == "moment" else 10] if look in {"moment", "day", "degrees"} else value


def _write_notes(sheet: Worksheet, lines: Sequence[tuple[str, str]], formats: dict[str, Format]) -> None:
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, formats["head"])
        sheet.write_string(row, 1, text[:CELL_LENGTH], formats["cell"])
    sheet.set_column(0, 0, width_for("", (label for label, _ in lines)))
    sheet.set_column(1, 1, 90)
