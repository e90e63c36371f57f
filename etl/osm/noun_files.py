"""Rows of a noun written to a GeoParquet file as they come; the columns bear the contract's own names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Row: TypeAlias = dict[str, str | None]

_SHAPE: Final = "geometry"
_ROWS_AT_ONCE: Final = 8_192


class NounFile:
    """One file; it exists from the first row on, and rows are held back only until there are enough of them."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self._columns = tuple(columns)
        self._schema = pa.schema([*((name, pa.string()) for name in columns), (_SHAPE, pa.binary())])
        self._schema = self._schema.with_metadata({"geo": json.dumps(_about_shapes())})
        self._rows: list[Row] = []
        self._shapes: list[BaseGeometry] = []
        self._writer: Any = None

    def add(self, row: Row, shape: BaseGeometry) -> None:
        self._rows.append(row)
        self._shapes.append(shape)
        self.count += 1
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._write()

    def close(self) -> None:
        if self._rows:
            self._write()
        if self._writer is not None:
            self._writer.close()

    def _write(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")
        columns: dict[str, Any] = {name: [row.get(name) for row in self._rows] for name in self._columns}
        columns[_SHAPE] = shapely.to_wkb(self._shapes)
        self._writer.write_table(pa.table(columns, schema=self._schema))
        self._rows, self._shapes = [], []


def _about_shapes() -> dict[str, Any]:
    column = {"encoding": "WKB", "geometry_types": []}  # without a crs it is WGS-84, by the format
    return {"version": "1.1.0", "primary_column": _SHAPE, "columns": {_SHAPE: column}}
