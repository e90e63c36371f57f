"""Parquet, with shapes (GeoParquet) or without, read a row group at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from etl.reading.arrow_text import texts_of
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import UNREADABLE_FEATURE, Row, batches_of, column_names
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_GROUP_BYTES: Final = 512 * 1024**2  # one row group, unpacked
MAX_RATIO: Final = 100
_RATIO_FREE_BYTES: Final = 64 * 1024**2
MAX_ROWS_A_BYTE: Final = 100
_RATIO_FREE_ROWS: Final = 10_000_000
MAX_CHARACTERS: Final = 1024**3  # a text said once can stand in every row
MAX_TEXT_RATIO: Final = 200
_ROWS_AT_ONCE: Final = 4_096
_MAX_FOOTER_BYTES: Final = 32 * 1024**2


def read_parquet(path: Path, file: str) -> list[RawTable]:
    """The one table of the file; its shapes are found by the file's own `geo` record."""
    _check_footer(path, file)
    try:
        with pq.ParquetFile(path) as parquet:
            _check_sizes(parquet.metadata, path.stat().st_size, file)
            schema = parquet.schema_arrow
            shape_column, crs = _geo(parquet.metadata.metadata or {}, schema)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as wrong:
        raise _damaged(file) from wrong
    kept = [place for place, name in enumerate(schema.names) if name != shape_column]
    notes: list[Message] = []
    columns = column_names([schema.names[place] for place in kept], file, notes)
    shape_place = schema.names.index(shape_column) if shape_column else None
    rows = _rows(path, file, kept, shape_place)
    has_geometry = shape_place is not None
    batches = batches_of(rows, columns, has_geometry=has_geometry, notes=notes)
    return [RawTable(file, None, columns, batches, has_geometry=has_geometry, crs=crs, notes=notes)]


def _rows(path: Path, file: str, kept: list[int], shape_place: int | None) -> Iterator[Row]:
    number = characters = 0
    size = path.stat().st_size
    try:
        with pq.ParquetFile(path) as parquet:
            about = parquet.metadata
            for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False):
                texts = [texts_of(batch.column(place)) for place in kept]
                shapes = batch.column(shape_place).to_pylist() if shape_place is not None else [None] * len(batch)
                characters += sum(len(value) for column in texts for value in column if value)
                if characters > MAX_CHARACTERS and characters > MAX_TEXT_RATIO * size:
                    raise _too_large(file, characters, about.num_rows)
                for shape, *values in zip(shapes, *texts, strict=True):
                    number += 1
                    yield _row(number, shape, values)
    except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError) as wrong:
        raise Refusal(
            "{file} is damaged: it breaks off after {rows} rows. Copy it again.", file=file, rows=number
        ) from wrong


def _row(number: int, shape: object, values: list[str | None]) -> Row:
    if shape is None or isinstance(shape, bytes):
        return Row(number, None, shape, values)
    return Row(number, UNREADABLE_FEATURE, None, values)


def _check_footer(path: Path, file: str) -> None:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 8))
        tail = stream.read()
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != b"PAR1" or length > min(size, _MAX_FOOTER_BYTES):
        raise _damaged(file)


def _check_sizes(about: Any, size: int, file: str) -> None:  # noqa: ANN401  (pyarrow and pyogrio have no types)
    groups = [about.row_group(place).total_byte_size for place in range(about.num_row_groups)]
    unpacked = sum(groups)
    is_tight = unpacked > _RATIO_FREE_BYTES and unpacked > MAX_RATIO * size
    is_endless = about.num_rows > _RATIO_FREE_ROWS and about.num_rows > MAX_ROWS_A_BYTE * size
    if is_tight or is_endless or max(groups, default=0) > MAX_GROUP_BYTES or min(groups, default=0) < 0:
        raise _too_large(file, unpacked, about.num_rows)


def _geo(metadata: dict[bytes, bytes], schema: Any) -> tuple[str | None, str | None]:  # noqa: ANN401
    """The shape column and its coordinate system, as the `geo` record says."""
    try:
        geo = json.loads(metadata.get(b"geo", b"{}"))
        name = geo.get("primary_column")
        column = geo.get("columns", {}).get(name, {})
        is_shape = name in schema.names and column.get("encoding") == "WKB"
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None, None
    if not is_shape or (
        not pa.types.is_binary(schema.field(name).type) and not pa.types.is_large_binary(schema.field(name).type)
    ):
        return None, None
    return str(name), _crs(column)


def _crs(column: dict[str, Any]) -> str | None:
    """Without a record it is WGS-84 by the format; an explicit null means that nobody knows."""
    if "crs" not in column:
        return "EPSG:4326"
    crs = column["crs"]
    known = crs.get("id") if isinstance(crs, dict) else None
    if isinstance(known, dict) and str(known.get("authority")).upper() == "EPSG":
        return f"EPSG:{known.get('code')}"
    if isinstance(known, dict) and str(known.get("code")).upper() == "CRS84":
        return "EPSG:4326"
    return json.dumps(crs) if crs else None


def _damaged(file: str) -> Refusal:
    return Refusal("{file} is damaged or no Parquet file. Copy it again from where it comes from.", file=file)


def _too_large(file: str, unpacked_bytes: int, rows: int) -> Refusal:
    return Refusal(
        "{file} unpacks to far more than it should: {unpacked_mb} MB and {rows} rows. "
        "Write it again in smaller row groups if you trust it.",
        file=file,
        unpacked_mb=unpacked_bytes // 1024**2,
        rows=rows,
    )
