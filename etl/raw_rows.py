"""Rows as written, gathered under the contract's columns: from any file into `<noun>_raw`."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa
import shapely

from etl.contract import quoted, written_name
from etl.headings import HeadingMap
from etl.noun import Noun
from etl.reading.raw_table import FAULT, GEOMETRY, ROW, RawTable

Advance = Callable[[int], None]


def create_raw(database: duckdb.DuckDBPyConnection, noun: Noun) -> None:
    """An empty table of text for the noun; temporary, so that no clear name ever reaches the snapshot."""
    columns = [f"{quoted(written_name(column))} varchar" for column in noun.written_columns]
    columns += [f"{column}_ticked varchar[], {column}_unknown varchar[]" for column in noun.ticks]
    database.execute(
        f"create or replace temp table {noun.name}_raw "
        f"(origin_id integer, row_number bigint, fault varchar, shape blob, {', '.join(columns)})"
    )


def take_rows(
    database: duckdb.DuckDBPyConnection,
    noun: Noun,
    table: RawTable,
    headings: HeadingMap,
    origin_id: int,
    advance: Advance,
) -> int:
    """Put a table's rows into `<noun>_raw`; gives how many there were."""
    insert = f"insert into {noun.name}_raw by name select {_select(noun, table, headings, origin_id)} from batch"
    read_rows = 0
    for batch in table.batches:
        rows = _with_point(batch) if table.has_geometry and noun.is_point else batch
        database.register("batch", pa.Table.from_batches([rows]))
        database.execute(insert)
        database.unregister("batch")
        read_rows += batch.num_rows
        advance(batch.num_rows)
    return read_rows


def _with_point(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The geometry's position as text columns, for nouns that are points; an area gives a point inside it."""
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_pylist(), on_invalid="ignore")
    texts: list[tuple[str | None, str | None]] = []
    for shape in shapes:
        if shape is None or shape.is_empty:
            texts.append((None, None))
            continue
        point = shape if shape.geom_type == "Point" else shape.representative_point()
        texts.append((repr(float(point.x)), repr(float(point.y))))
    lon, lat = zip(*texts, strict=True) if texts else ((), ())
    return batch.append_column("_lon", pa.array(lon, pa.string())).append_column("_lat", pa.array(lat, pa.string()))


def _select(noun: Noun, table: RawTable, headings: HeadingMap, origin_id: int) -> str:
    has_point = table.has_geometry and noun.is_point
    columns = [f"{int(origin_id)} as origin_id", f"{ROW} as row_number", f"{FAULT} as fault"]
    if table.has_geometry and noun.is_drawn:
        columns.append(f"{GEOMETRY} as shape")
    for column, heading in headings.by_column.items():
        text = _with_unit(quoted(heading), headings.units.get(column))
        if has_point and column in {"lon", "lat", "coordinates"}:
            continue
        columns.append(f"{text} as {quoted(written_name(column))}")
    if has_point:
        columns += ["_lon as lon_written", "_lat as lat_written"]
    for column, ticks in headings.ticks.items():
        columns += [f"{_ticked(ticks)} as {column}_ticked", f"{_unknown(ticks)} as {column}_unknown"]
    return ", ".join(columns)


def _with_unit(text: str, unit: str | None) -> str:
    """A bare number under a heading with a unit, 投资(万元), carries that unit."""
    if unit is None:
        return text
    is_bare = f"regexp_full_match(trim({text}), '[-+]?[\\d,]*\\.?\\d+')"
    return f"case when {is_bare} then trim({text}) || '{unit}' else {text} end"


def _ticked(ticks: dict[str, str]) -> str:
    """The words whose columns are ticked; null where no column of them says anything."""
    cells = ", ".join(
        f"case when as_flag(trim({quoted(heading)})) then '{code}' end" for heading, code in ticks.items()
    )
    said = " or ".join(f"coalesce(trim({quoted(heading)}), '') <> ''" for heading in ticks)
    return f"case when {said} then list_sort(list_distinct(list_filter([{cells}], lambda code: code is not null))) end"


def _unknown(ticks: dict[str, str]) -> str:
    """The words whose columns hold something that is neither yes nor no."""
    cells = ", ".join(
        f"case when trim({quoted(heading)}) <> '' and as_flag(trim({quoted(heading)})) is null then '{code}' end"
        for heading, code in ticks.items()
    )
    return f"nullif(list_sort(list_distinct(list_filter([{cells}], lambda code: code is not null))), [])"
