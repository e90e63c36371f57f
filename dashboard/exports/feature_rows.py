"""Rows for a file, a batch at a time: their values in words or as they are, and their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from planning.features import KEY, SHAPE
from wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planning.feature_columns import Column
    from planning.features import Features

BATCH_ROWS = 5_000
_POINT = 0
_TITLED_BY = 2


def batches(features: Features) -> Iterator[pa.RecordBatch]:
    """The rows in their order, some at a time."""
    return iter(features.table.to_batches(max_chunksize=BATCH_ROWS))


def keys_of(batch: pa.RecordBatch) -> list[str | None]:
    """Each row's own number in its ledger."""
    return batch.column(KEY).to_pylist() if KEY in batch.schema.names else [None] * batch.num_rows


def shapes_of(batch: pa.RecordBatch) -> Any:  # noqa: ANN401  (an array of shapes)
    """The shapes in WGS-84; none where the position is unknown."""
    if SHAPE not in batch.schema.names:
        return np.full(batch.num_rows, None)
    return shapely.from_wkb(np.array(batch.column(SHAPE).to_pylist(), dtype=object))


def are_points(features: Features) -> bool:
    """Whether all that have a position are points."""
    if SHAPE not in features.table.column_names:
        return False
    found = {kind for batch in batches(features) for kind in np.unique(shapely.get_type_id(shapes_of(batch))).tolist()}
    return found - {-1} == {_POINT}


def in_words(column: Column) -> Callable[[Any], str]:
    """How a value of the column is written; the words for codes are looked up once."""
    known: dict[Any, str] = {}

    def word(value: Any) -> str:  # noqa: ANN401
        if isinstance(value, (list, tuple)):
            value = tuple(value)
        if not isinstance(value, (str, bool, tuple)) and value is not None:
            return column.shown(value)
        if value not in known:
            if len(known) > BATCH_ROWS:
                known.clear()
            known[value] = column.shown(value)
        return known[value]

    return word


def row_title(features: Features, key: str | None, row: Sequence[Any]) -> str:
    """What a row is called: its name, or what is known first of it."""
    named = [(column, value) for column, value in zip(features.columns, row, strict=True) if value not in (None, "")]
    for column, value in named:
        if column.name == "name":
            return str(value)
    return " ".join(column.shown(value) for column, value in named[:_TITLED_BY]) or key or say("unnamed")


def plain_table(table: pa.Table) -> pa.Table:
    """The same with every column of a type that any format can hold."""
    return table.cast(pa.schema([field.with_type(_plain_type(field.type)) for field in table.schema]))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_decimal(kind):
        return pa.float64() if kind.scale else pa.int64()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    if pa.types.is_int8(kind):
        return pa.int16()
    return kind
