"""Conventions that every noun's contract keeps."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from etl.contract import contract_parts, create_table
from etl.noun import Noun, Shape
from etl.rules import REASONS
from etl.sources import NOUNS
from etl.sql_files import read_sql
from tests.etl.typing_table import taught_database

NUMERIC = ("INTEGER", "BIGINT", "DOUBLE", "FLOAT", "DATE", "TIMESTAMP")
ALL_NOUNS = pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)
CHAIN = {"supervised_at", "enforced_at", "inspected_at", "ordered_at", "assigned_at", "accepted_at", "reported_at"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    database = taught_database(tmp_path_factory.mktemp("place"))
    database.execute(read_sql("etl", "bookkeeping"))
    for noun in NOUNS.values():
        create_table(database, noun)
    return database


def test_every_contract_has_its_reader_and_every_reader_its_contract() -> None:
    folder = Path(read_sql.__wrapped__.__code__.co_filename).parent / "sources"
    stems = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert stems == {path.stem for path in folder.glob("*.sql")} == set(NOUNS)


def test_every_table_and_column_says_what_it_is(database: duckdb.DuckDBPyConnection) -> None:
    commented = database.execute(
        "select table_name || '.' || column_name, comment from duckdb_columns() where not internal and schema_name = 'main' "
        "union all select table_name, comment from duckdb_tables() where not internal"
    ).fetchall()
    assert len(commented) > 100
    for name, comment in commented:
        assert comment is not None, name
        label, _unit, meaning = (part.strip() for part in comment.split("|"))
        assert re.search("[一-鿿]", label), (name, comment)
        assert meaning, (name, comment)


@ALL_NOUNS
def test_the_first_line_states_the_grain(noun: Noun) -> None:
    assert contract_parts(noun.name)[0].startswith("-- One row per ")


@ALL_NOUNS
def test_every_check_has_its_sentence(noun: Noun, database: duckdb.DuckDBPyConnection) -> None:
    del database
    names = re.findall(r"constraint\s+(\w+)\s+check", contract_parts(noun.name)[0])
    assert set(names) <= REASONS.keys()
    assert len(re.findall(r"\bcheck\b", contract_parts(noun.name)[0])) == len(names)


@ALL_NOUNS
def test_every_number_and_day_is_held_within_reason(noun: Noun) -> None:
    """What lies outside all reason, and a number that is none, ends in a check."""
    table = contract_parts(noun.name)[0]
    checks = " ".join(re.findall(r"check \((.*)\)", table))
    for column, kind in re.findall(r"^\s{4}(\w+) (\w+)(?:\[\])?", table, re.MULTILINE):
        if kind.upper() in NUMERIC and column not in {"origin_id", "row_number", "lon", "lat", *CHAIN}:
            assert column in checks, f"{noun.name}.{column}"


@ALL_NOUNS
def test_headings_are_columns_and_the_key_too(noun: Noun, database: duckdb.DuckDBPyConnection) -> None:
    columns = {name for (name,) in database.execute(
        "select column_name from duckdb_columns() where table_name = $table", {"table": noun.name}
    ).fetchall()}  # fmt: skip
    assert set(noun.headings) <= columns
    assert noun.key is None or noun.key in columns
    assert set(noun.personal) <= columns
    assert ("geom" in columns) == (noun.shape in {Shape.LINE, Shape.POLYGON})
