"""Columns of Arrow as text that loses nothing."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import pyarrow as pa

from etl.reading.row_batches import as_text


def texts_of(column: pa.Array) -> list[str | None]:
    """Every value as text: whole numbers exact, dates in ISO, lists and records as JSON."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return texts_of(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return list(column.to_pylist())
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        # Python knows microseconds only; Arrow writes all nine digits.
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        # The shortest digits that give the same single-precision number.
        return [None if one is None else str(one) for one in column.cast(pa.string()).to_pylist()]
    return [_text(one) for one in column.to_pylist()]


def _text(value: Any) -> str | None:  # noqa: ANN401  (whatever a file may hold)
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds()} s"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    return as_text(value)
