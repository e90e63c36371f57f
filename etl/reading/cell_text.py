"""A spreadsheet cell's value as text, without loss."""

from __future__ import annotations

import datetime as dt

CellValue = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

EXACT_BELOW = 1e16
KEPT_BELOW = 1e15  # spreadsheet programs keep 15 digits of a number


def cell_text(value: CellValue) -> str:
    """As an office would write it: 3, 0.123, 2026-03-02 08:30:00, true."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_BELOW else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return str(value)


def has_lost_digits(value: CellValue) -> bool:
    """Whether a number has more digits than the program that stored it keeps: an id typed as a number."""
    return isinstance(value, float) and value.is_integer() and KEPT_BELOW <= abs(value) < 1e22


def _duration(value: dt.timedelta) -> str:
    """Hours may pass 24, as in a column formatted [h]:mm:ss."""
    seconds = abs(value) // dt.timedelta(seconds=1)
    sign = "-" if value < dt.timedelta(0) else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
