"""Each row of a noun is kept, set aside with its reasons, or merged with another one that says the same."""

from __future__ import annotations

import duckdb

from etl.contract import BOOKKEEPING, Contract, create_typed_view, faults_sql, is_sound_sql, original_sql, quoted
from etl.noun import Noun, Shape
from etl.sql_files import read_sql


def create_earlier_rows(database: duckdb.DuckDBPyConnection, noun: Noun) -> None:
    """An empty temporary table for sound rows that give way to newer ones; something may be derived from them."""
    if noun.newest_by:
        database.execute(f"create or replace temp table earlier_rows_of_{noun.name} as from {noun.name} limit 0")


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
        f"insert into {noun} by name select {_columns(contract)} from {_typed_once(noun)} "
        f"where {is_sound_sql(contract)}"
    ).fetchone()
    return int(kept[0]) if kept else 0


def _reject_other_rows(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    database.execute(
        f"insert into rejects by name select origin_id, row_number, {faults_sql(contract)} as reasons, "
        f"{original_sql(contract.noun)} as original from {_typed_once(contract.noun.name)} "
        f"where not ({is_sound_sql(contract)}) order by origin_id, row_number"
    )


def _typed_once(noun: str) -> str:
    """The typed view behind a window that is used: a condition pushed below it would read each text for every rule."""
    return f"(select * from (select *, row_number() over () as place from {noun}_typed) where place > 0)"


def _judge_by_key(database: duckdb.DuckDBPyConnection, contract: Contract) -> dict[int, int]:
    noun = contract.noun
    content = ", ".join(quoted(column) for column in contract.values)
    told_on = quoted(noun.newest_by) if noun.newest_by else "null::date"
    database.execute(
        f"create or replace temp table weighed_rows as select * exclude (written), {faults_sql(contract)} as faults, "
        f"{quoted(noun.key or '')} as key_value, {told_on} as told_on, hash({content}) as content_hash "
        f"from {noun.name}_typed"
    )
    database.execute(read_sql("etl", "judging"))
    database.execute(
        f"insert into {noun.name} by name select {_columns(contract)} from weighed_rows "
        "anti join verdicts using (origin_id, row_number)"
    )
    _set_aside(database, contract)
    if noun.newest_by:
        _remember_earlier(database, contract)
    _note_repairs(database, contract)
    merged = database.execute(
        "select origin_id, count(*) from verdicts where verdict = 'merged' group by origin_id"
    ).fetchall()
    return dict(merged)


def _set_aside(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    noun = contract.noun
    column = f"case when verdicts.verdict = 'duplicate' then '{noun.key}' else '{noun.newest_by or noun.key}' end"
    by_key = f"[{{'rule': verdicts.verdict, 'column': {column}}}]"
    database.execute(
        f"insert into rejects by name select origin_id, row_number, {original_sql(noun)} as original, "
        f"case when verdicts.verdict = 'rejected' then verdicts.faults else {by_key} end as reasons "
        f"from {noun.name}_located as written join verdicts using (origin_id, row_number) "
        "where verdicts.verdict <> 'merged' order by origin_id, row_number"
    )


def _remember_earlier(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Typed and placed, which the original in `rejects` is not."""
    database.execute(
        f"insert into earlier_rows_of_{contract.noun.name} by name select {_columns(contract)} from weighed_rows "
        "semi join (from verdicts where verdict = 'earlier_survey') using (origin_id, row_number)"
    )


def _note_repairs(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    noun = contract.noun
    database.execute(
        'insert into repairs by name select origin_id, row_number, repair.rule, repair."column", repair.original, '
        "repair.result, 1 as row_count "
        f"from (select origin_id, row_number, unnest({_repairs_sql(noun)}) as repair "
        f"from {noun.name}_located as written "
        "anti join verdicts using (origin_id, row_number)) "
        "order by origin_id, row_number"
    )


def _columns(contract: Contract) -> str:
    return ", ".join([*BOOKKEEPING, *(quoted(column) for column in contract.values)])


def _repairs_sql(noun: Noun) -> str:
    """Repairs of the text and of the place, the latter with where the row came to lie."""
    if noun.shape is Shape.NONE:
        return "written.text_repairs"
    original, result = "null::varchar", "null::varchar"
    if noun.is_point:
        original = "concat_ws(', ', written.lon_written, written.lat_written, written.coordinates)"
        result = "concat_ws(', ', round(written.lon, 6), round(written.lat, 6))"
    repair = f"{{'rule': rule, 'column': 'lon', 'original': {original}, 'result': {result}}}"
    return f"list_concat(written.text_repairs, list_transform(written.place_repairs, lambda rule: {repair}))"
