"""Each row of a noun is kept, set aside with its reasons, or merged with an earlier one that says the same."""

from __future__ import annotations

import duckdb

from etl.contract import BOOKKEEPING, Contract, create_typed_view, faults_sql, is_sound_sql, original_sql, quoted
from etl.noun import Shape
from etl.sql_files import read_sql

FIELD_SEPARATOR = "␟"


def judge(database: duckdb.DuckDBPyConnection, contract: Contract) -> dict[int, int]:
    """Move the rows of `<noun>_located` to where they belong; gives how many were merged, by origin."""
    create_typed_view(database, contract.noun)
    if contract.noun.key is None:
        _keep_sound_rows(database, contract)
        _reject_other_rows(database, contract)
        return {}
    return _judge_by_key(database, contract)


def judge_streamed(database: duckdb.DuckDBPyConnection, contract: Contract, rows: int) -> None:
    """The same for a view over a large file, which is read a second time only where some row was not kept."""
    create_typed_view(database, contract.noun)
    if _keep_sound_rows(database, contract) < rows:
        _reject_other_rows(database, contract)


def _keep_sound_rows(database: duckdb.DuckDBPyConnection, contract: Contract) -> int:
    noun = contract.noun.name
    kept = database.execute(
        f"insert into {noun} by name select {_columns(contract)} from {noun}_typed where {is_sound_sql(contract)}"
    ).fetchone()
    return int(kept[0]) if kept else 0


def _reject_other_rows(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    database.execute(
        f"insert into rejects by name select origin_id, row_number, {faults_sql(contract)} as reasons, "
        f"{original_sql(contract.noun)} as original from {contract.noun.name}_typed "
        f"where not ({is_sound_sql(contract)}) order by origin_id, row_number"
    )


def _judge_by_key(database: duckdb.DuckDBPyConnection, contract: Contract) -> dict[int, int]:
    noun = contract.noun
    content = ", ".join(f"{quoted(column)}::varchar" for column in contract.values)
    database.execute(
        f"create or replace temp view weighed_rows as select * exclude (written), "
        f"{faults_sql(contract)} as faults, {_repairs_sql(contract)} as repairs, {original_sql(noun)} as original, "
        f"{quoted(noun.key or '')} as key_value, md5(concat_ws('{FIELD_SEPARATOR}', {content})) as content_hash "
        f"from {noun.name}_typed"
    )
    database.execute("set variable key_column = $column", {"column": noun.key})
    database.execute(read_sql("etl", "judging"))
    database.execute(
        f"insert into {noun.name} by name select {_columns(contract)} from judged_rows where verdict = 'kept' "
        "order by origin_id, row_number"
    )
    database.execute(read_sql("etl", "judging_rejects"))
    database.execute(read_sql("etl", "judging_repairs"))
    merged = database.execute(
        "select origin_id, count(*) from judged_rows where verdict = 'merged' group by origin_id"
    ).fetchall()
    return dict(merged)


def _columns(contract: Contract) -> str:
    return ", ".join([*BOOKKEEPING, *(quoted(column) for column in contract.values)])


def _repairs_sql(contract: Contract) -> str:
    """Repairs of the text and of the place, the latter with where the row came to lie."""
    noun = contract.noun
    if noun.shape is Shape.NONE:
        return "written.text_repairs"
    original, result = "null::varchar", "null::varchar"
    if noun.is_point:
        original = "concat_ws(', ', written.lon_written, written.lat_written, written.coordinates)"
        result = "concat_ws(', ', round(lon, 6), round(lat, 6))"
    repair = f"{{'rule': rule, 'column': 'lon', 'original': {original}, 'result': {result}}}"
    return f"list_concat(written.text_repairs, list_transform(written.place_repairs, lambda rule: {repair}))"
