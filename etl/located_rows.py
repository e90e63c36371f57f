"""From text as written to cleaned text with a place in WGS-84: `<noun>_raw` into `<noun>_located`."""

from __future__ import annotations

import duckdb
import pyarrow as pa
from pyproj import CRS

from etl.contract import Contract, quoted, written_name
from etl.noun import Noun, Shape
from etl.position import Placing, place_points, register_placing
from etl.shapes import Area, place_shape, shape_of

TEXT_TYPES = ("VARCHAR", "VARCHAR[]")
MOMENT_TYPES = ("DATE", "TIMESTAMP")
INVISIBLE = "[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2069}\\x{FEFF}\\x{00AD}\\x{0000}-\\x{0008}]"
SHAPES_AT_A_TIME = 20_000


def cleaned_sql(noun: Noun, source: str) -> str:
    """Text without invisible signs and full-width forms, null where it says that nothing is known.

    Whatever names no thing of its own has the phone numbers and plates in it masked.
    """
    stages = source
    for macro in ("stripped", "folded", "unless_unknown", "masked"):
        texts = [
            quoted(written_name(column))
            for column in noun.written_columns
            if macro != "masked" or (column in noun.headings and not noun.is_identifying(column))
        ]
        stages = f"select * replace ({', '.join(f'{macro}({text}) as {text}' for text in texts)}) from ({stages})"
    return stages


def text_repairs_sql(contract: Contract) -> str:
    """What cleaning put right in a row's text, as the office would want to know it."""
    noun, repairs = contract.noun, []
    for column in (*noun.headings, *(("lon", "lat") if noun.is_point else ())):
        text, value_type = quoted(written_name(column)), contract.types.get(column, "VARCHAR")
        conditions = {
            "invisible_removed": f"strlen({text}) <> length({text}) and regexp_matches({text}, '{INVISIBLE}')"
        }
        if value_type not in TEXT_TYPES:
            conditions["full_width_folded"] = (
                f"strlen({text}) <> length({text}) and regexp_matches({text}, '[０-９．－]')"
            )
        if value_type in MOMENT_TYPES:
            conditions["serial_day_read"] = f"regexp_full_match({text}, '[2-7]\\d{{4}}(\\.\\d+)?')"
            conditions["midnight_24_read"] = f"regexp_matches({text}, '[ T]24:00')"
            conditions["day_taken_as_first"] = f"regexp_full_match({text}, '(19|20)\\d{{2}}[-年/.]\\d{{1,2}}月?')"
        repairs += [_repair(noun, condition, rule, column) for rule, condition in conditions.items()]
    return f"list_filter([{', '.join(repairs)}], lambda repair: repair is not null)"


def _repair(noun: Noun, condition: str, rule: str, column: str) -> str:
    original = "null::varchar" if column in noun.personal else f"masked(left({quoted(written_name(column))}, 200))"
    return (
        f"case when {condition} then {{'rule': '{rule}', 'column': '{column}', "
        f"'original': {original}, 'result': null::varchar}} end"
    )


def locate_rows(
    database: duckdb.DuckDBPyConnection,
    contract: Contract,
    origin_ids: list[int],
    crs: CRS | None,
    datum: str,
    place: Placing,
    area: Area,
) -> None:
    """Clean and place the rows of one source."""
    noun = contract.noun
    masked_repairs = text_repairs_sql(contract)
    source = (
        f"select *, {masked_repairs} as text_repairs from {noun.name}_raw "
        f"where origin_id in ({', '.join(str(int(origin)) for origin in origin_ids) or 'null'})"
    )
    written = cleaned_sql(noun, source)
    if noun.is_point:
        register_placing(database, crs, datum)
        place_points(database, written, needs_position=noun.shape is Shape.POINT, has_crs=crs is not None)
        written = "from placed_rows"
    elif noun.is_drawn:
        _place_shapes(database, noun, written, crs, place, area)
        written = (
            "select written.* exclude (shape), shapes.place_fault, shapes.place_repairs, "
            "st_geomfromwkb(shapes.wkb) as geom "
            f"from ({written}) as written left join {noun.name}_shapes as shapes using (origin_id, row_number)"
        )
    if noun.streams:
        written = f"select *, pseudonym(vehicle) as vehicle_pseudonym from ({written})"
    exists = database.execute(
        "select count(*) from duckdb_tables() where table_name = $table", {"table": f"{noun.name}_located"}
    ).fetchone()
    verb = (
        f"insert into {noun.name}_located by name"
        if exists and exists[0]
        else f"create temp table {noun.name}_located as"
    )
    database.execute(f"{verb} {written}")


def _place_shapes(
    database: duckdb.DuckDBPyConnection, noun: Noun, written: str, crs: CRS | None, place: Placing, area: Area
) -> None:
    database.execute(
        f"create or replace temp table {noun.name}_shapes "
        "(origin_id integer, row_number bigint, wkb blob, place_fault varchar, place_repairs varchar[])"
    )
    written_shapes = database.execute(
        f"select origin_id, row_number, shape, shape_text from ({written})"
    ).to_arrow_table()
    for batch_of in written_shapes.to_batches(max_chunksize=SHAPES_AT_A_TIME):
        placed = [
            place_shape(shape_of(wkb, wkt), shape=noun.shape, place=place, has_crs=crs is not None, area=area)
            for wkb, wkt in zip(
                batch_of.column("shape").to_pylist(), batch_of.column("shape_text").to_pylist(), strict=True
            )
        ]
        batch = pa.table(
            {
                "origin_id": batch_of.column("origin_id"),
                "row_number": batch_of.column("row_number"),
                "wkb": pa.array([shape.wkb for shape in placed], pa.binary()),
                "place_fault": pa.array([shape.fault for shape in placed], pa.string()),
                "place_repairs": pa.array([shape.repairs for shape in placed], pa.list_(pa.string())),
            }
        )
        database.register("placed_shapes", batch)
        database.execute(f"insert into {noun.name}_shapes select * from placed_shapes")
        database.unregister("placed_shapes")
