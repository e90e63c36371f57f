"""A table's contract is its .sql: types, checks, comments. Rows that break it are set aside with their reasons.

The .sql of a noun creates the empty table and a view `<noun>_typed` over `<noun>_located`. What a row can break
follows from the table itself: a type that its text does not fit, a column that must not be empty, and the checks,
each named in the .sql (`constraint bays_within_reason check …`) with its sentence in rules.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import duckdb

from etl.noun import Noun, Shape
from etl.sql_files import read_sql

BOOKKEEPING = ("origin_id", "row_number")
BOOKKEEPING_COMMENTS = {
    "origin_id": "来源文件 | | The sheet, layer or file that the row stands in, see origins",
    "row_number": "行号 | | The row as its office sees it",
}
PLACE_COLUMNS = {"lon", "lat", "geom"}  # what is wrong with them, position.py and shapes.py say
READ_AS_WORDS = re.compile(r"\bas_codes?\('(\w+)', written\.(\w+)\)")
NAMED_CHECK = re.compile(r"\bconstraint\s+(\w+)\s+check\b")


@dataclass(frozen=True)
class Check:
    """One condition that a row must meet, and the column that it says most about."""

    rule: str
    column: str
    condition: str


@dataclass(frozen=True)
class Contract:
    """What the database says of a noun's table once its .sql has run."""

    noun: Noun
    types: dict[str, str]
    required: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The table's own columns, without those that say where a row stands."""
        return tuple(column for column in self.types if column not in BOOKKEEPING)


@cache
def word_lists(noun: str) -> dict[str, str]:
    """Which columns take only words of a closed list, and of which; see vocabulary.toml."""
    return {column: name for name, column in READ_AS_WORDS.findall(contract_parts(noun)[1])}


@cache
def contract_parts(noun: str) -> tuple[str, str]:
    """The statements that make the table, and the one that makes the typed view."""
    table, head, view = read_sql("etl.sources", noun).partition("create temp view")
    return table, head.replace("create", "create or replace") + view


def create_table(database: duckdb.DuckDBPyConnection, noun: Noun) -> Contract:
    """Create the noun's empty table and read its contract back from the database."""
    database.execute(contract_parts(noun.name)[0])
    for column, comment in BOOKKEEPING_COMMENTS.items():
        database.execute(f"comment on column {noun.name}.{column} is '{comment}'")
    return _read_contract(database, noun)


def create_typed_view(database: duckdb.DuckDBPyConnection, noun: Noun) -> None:
    """Create the view over `<noun>_located` that turns written text into the table's types."""
    database.execute(contract_parts(noun.name)[1])


def _read_contract(database: duckdb.DuckDBPyConnection, noun: Noun) -> Contract:
    table = {"table": noun.name}
    columns = database.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() where table_name = $table "
        "order by column_index",
        table,
    ).fetchall()
    found = database.execute(
        "select expression, constraint_column_names from duckdb_constraints() "
        "where table_name = $table and constraint_type = 'CHECK' order by constraint_index",
        table,
    ).fetchall()
    names = NAMED_CHECK.findall(contract_parts(noun.name)[0])
    return Contract(
        noun=noun,
        types={name: data_type for name, data_type, _ in columns},
        required=tuple(name for name, _, nullable in columns if not nullable and name not in BOOKKEEPING),
        checks=tuple(
            Check(name, concerned[0], expression) for name, (expression, concerned) in zip(names, found, strict=True)
        ),
    )


def quoted(identifier: str) -> str:
    """An identifier that stays one, whatever characters a heading holds."""
    return '"' + identifier.replace('"', '""') + '"'


def written_name(column: str) -> str:
    """The name of a column's text beside its value; only a position's differ."""
    return f"{column}_written" if column in {"lon", "lat"} else column


@dataclass(frozen=True)
class Fault:
    """A condition under which a row of the typed view is wrong."""

    condition: str
    rule: str
    column: str


def faults_of(contract: Contract) -> list[Fault]:
    """All that can be wrong with a row that could be read."""
    noun, faults = contract.noun, []
    for column in contract.values:
        is_empty = f"{quoted(column)} is null"
        if column in noun.headings:
            was_written = f"written.{quoted(column)} is not null"
            rule = "unknown_word" if column in word_lists(noun.name) else "unreadable"
            faults.append(Fault(f"{is_empty} and {was_written}", rule, column))
            is_empty += f" and not ({was_written})"
        if column in contract.required and column not in PLACE_COLUMNS:
            faults.append(Fault(is_empty, "missing", column))
    return faults + [Fault(f"not ({check.condition})", check.rule, check.column) for check in contract.checks]


def is_sound_sql(contract: Contract) -> str:
    """Whether nothing at all is wrong with a row."""
    wrong = ["written.fault is not null"]
    if contract.noun.shape is not Shape.NONE:
        wrong.append("written.place_fault is not null")
    wrong += [f"coalesce({fault.condition}, false)" for fault in faults_of(contract)]
    return f"not ({' or '.join(wrong)})"


def faults_sql(contract: Contract) -> str:
    """The list of all that is wrong with a row; one that could not be read says nothing more by its empty columns."""
    faults = [
        f"case when {fault.condition} then {{'rule': '{fault.rule}', 'column': '{fault.column}'}} end"
        for fault in faults_of(contract)
    ]
    if contract.noun.shape is not Shape.NONE:
        place_fault = "{'rule': written.place_fault, 'column': 'lon'}"
        faults.append(f"case when written.place_fault is not null then {place_fault} end")
    return (
        "case when written.fault is not null then [{'rule': written.fault, 'column': ''}] "
        f"else list_filter([{', '.join(faults)}], lambda fault: fault is not null) end"
    )


def original_sql(noun: Noun) -> str:
    """A row as it was written, as JSON; persons and vehicles as pseudonyms, phone numbers and plates masked."""

    def shown(column: str) -> str:
        text = f"written.{quoted(written_name(column))}::varchar"
        if column in noun.personal:
            return f"pseudonym({text})"
        return f"left({text}, 500)" if noun.is_identifying(column) else f"masked(left({text}, 500))"

    return "json_object(" + ", ".join(f"'{column}', {shown(column)}" for column in noun.written_columns) + ")"
