"""GeoPackages, read as the SQLite tables they are: no query of the file's own ever runs."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from etl.reading.raw_table import RawTable
from etl.reading.row_batches import (
    UNREADABLE_GEOMETRY,
    UNREADABLE_TEXT,
    Row,
    as_text,
    batches_of,
    column_names,
)
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS_A_ROW: Final = 5.0
_MAX_VALUE_BYTES: Final = 64 * 1024**2
_OWN_TABLES: Final = ("gpkg_", "rtree_", "sqlite_", "ogr_empty_table", "layer_styles")
# A damaged page can also give names that are no text and numbers beyond any column.
_BROKEN: Final = (sqlite3.Error, UnicodeError, OverflowError, MemoryError)
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})


@dataclass(frozen=True)
class Layer:
    """A table of the file."""

    name: str
    columns: tuple[tuple[str, str], ...]  # name and declared type
    shape_column: str | None
    crs: str | None


def read_geopackage(path: Path, file: str, layer: str | None = None) -> list[RawTable]:
    """A table for each table of the file, listed among its layers or not."""
    waiting = path.with_name(f"{path.name}-wal")
    if waiting.is_file() and waiting.stat().st_size:
        raise Refusal(
            "{file} is still open in another program, and its newest rows are not in it yet. "
            "Close it there, then try again.",
            file=file,
        )
    notes: list[Message] = []
    try:
        with closing(_Connection(path)) as database:
            layers = list(_layers(database, file, notes))
    except _BROKEN as wrong:
        raise _damaged(file) from wrong
    chosen = [one for one in layers if layer is None or one.name == layer]
    if not chosen:
        raise Refusal(
            "{file} has no table {layer}. It has: {layers}.",
            file=file,
            layer=layer or "",
            layers=", ".join(one.name for one in layers[:20]) or "-",
        )
    return [_table(path, file, one, list(notes)) for one in chosen]


class _Connection:
    """A read-only look into the file in which nothing but tables can be read."""

    def __init__(self, path: Path) -> None:
        address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        self._sqlite = sqlite3.connect(address, uri=True)
        self._deadline = 0.0
        self._sqlite.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        self._sqlite.execute("pragma trusted_schema = off")
        self._sqlite.execute("pragma cell_size_check = on")
        self._sqlite.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
        self._sqlite.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
        self._sqlite.set_progress_handler(lambda: time.monotonic() > self._deadline, 100_000)

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        self._deadline = time.monotonic() + _SECONDS_A_ROW
        for row in self._sqlite.execute(query, values):
            yield row
            self._deadline = time.monotonic() + _SECONDS_A_ROW

    def close(self) -> None:
        self._sqlite.close()


def _layers(database: _Connection, file: str, notes: list[Message]) -> Iterator[Layer]:
    kinds = {
        str(name): (kind, str(made or ""))
        for name, kind, made in database.rows(
            "select name, type, sql from sqlite_master where type in ('table', 'view')"
        )
    }
    shapes = {}
    if "gpkg_geometry_columns" in kinds and kinds["gpkg_geometry_columns"][0] == "table":
        shapes = {
            table: (column, srs)
            for table, column, srs in database.rows("select table_name, column_name, srs_id from gpkg_geometry_columns")
        }
    for name, (kind, made) in kinds.items():
        if name.lower().startswith(_OWN_TABLES):
            continue
        if kind != "table" or made.lower().split()[1:2] != ["table"]:
            text = "In {file} {layer} is a query, not a table, so it was not read. Save it as a table."
            notes.append(Message(text, {"file": file, "layer": name}))
            continue
        columns = tuple(
            (str(row[1]), str(row[2]).upper()) for row in database.rows(f"pragma table_info({_quoted(name)})")
        )
        shape_column, srs = shapes.get(name, (None, None))
        crs = _crs(database, srs) if srs is not None and "gpkg_spatial_ref_sys" in kinds else None
        yield Layer(name, columns, shape_column, crs)


def _crs(database: _Connection, srs: object) -> str | None:
    found = database.rows(
        "select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys where srs_id = ?",
        srs,
    )
    for organization, number, definition in found:
        if str(organization).upper() == "EPSG":
            return f"EPSG:{number}"
        if isinstance(number, int) and number > 0 and definition not in (None, "undefined"):
            return str(definition)
    return None


def _table(path: Path, file: str, layer: Layer, notes: list[Message]) -> RawTable:
    kept = [(name, kind) for name, kind in layer.columns if name != layer.shape_column]
    columns = column_names([name for name, _ in kept], file, notes)
    has_geometry = layer.shape_column is not None

    def rows() -> Iterator[Row]:
        wanted = [name for name, _ in kept] + ([layer.shape_column] if layer.shape_column else [])
        query = f"select {', '.join(map(_quoted, wanted))} from {_quoted(layer.name)}"
        number = 0
        try:
            with closing(_Connection(path)) as database:
                for number, row in enumerate(database.rows(query), start=1):
                    yield _row(number, row, kept, has_geometry=has_geometry)
        except _BROKEN as wrong:
            raise Refusal(
                "{file} is damaged: table {layer} breaks off after {rows} rows. Copy it again.",
                file=file,
                layer=layer.name,
                rows=number,
            ) from wrong

    batches = batches_of(rows(), columns, has_geometry=has_geometry, notes=notes)
    return RawTable(file, layer.name, columns, batches, has_geometry=has_geometry, crs=layer.crs, notes=notes)


def _row(number: int, row: tuple[Any, ...], kept: list[tuple[str, str]], *, has_geometry: bool) -> Row:
    values = [_text(value, kind) for value, (_, kind) in zip(row, kept, strict=False)]
    is_foreign = any(
        value and not value.isascii() and any("\udc80" <= one <= "\udcff" for one in value) for value in values
    )
    fault = UNREADABLE_TEXT if is_foreign else None
    if not has_geometry or row[-1] is None:
        return Row(number, fault, None, values)
    shape = _well_known(row[-1])
    return Row(number, fault or (UNREADABLE_GEOMETRY if shape is None else None), shape, values)


def _text(value: object, kind: str) -> str | None:
    if kind == "BOOLEAN" and value in (0, 1):
        return "true" if value else "false"
    return as_text(value)


def _well_known(blob: object) -> bytes | None:
    """The well-known binary behind a GeoPackage's own header."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return None
    envelope = _ENVELOPE_BYTES.get(blob[3] >> 1 & 7)
    return None if envelope is None else blob[8 + envelope :]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _damaged(file: str) -> Refusal:
    return Refusal("{file} is damaged or no GeoPackage. Copy it again from where it comes from.", file=file)
