"""What runs the statements that read tracks: any engine that speaks plain SQL with windows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import pyarrow as pa

PACKAGE = "etl.derived.tracks"
PINGS_AT_ONCE = 8_000_000  # some 1 GB of memory while they are worked on
# What is only passed on, row by row, and never kept: so many columns would take longer to write than to work out.
PASSING: Mapping[str, tuple[str, ...]] = {
    "faulty_points": ("marked_points",),
    "stretches": ("marked_points", "legs"),
    "matched": ("marked_points", "legs"),
}
SORTED = "points"
ORDER = "truck, at_s, x_m, y_m"
TRACK_WINDOW = "partition by truck order by at_s, x_m, y_m"
_NAMED = re.compile(r"\$(\w+)")


class TrackEngine(Protocol):
    """Holds tables by name; each statement of this folder is a table named as its file."""

    @property
    def buckets(self) -> int:
        """In how many portions the trucks come; all pings of a truck are in one."""
        ...

    def put(self, name: str, rows: pa.Table) -> None:
        """Have these rows as a table."""
        ...

    def make(self, name: str, values: Mapping[str, float]) -> None:
        """Run a statement and keep its rows until it is run again."""
        ...

    def gather(self, name: str, values: Mapping[str, float]) -> None:
        """Run a statement and add its rows to those of the portions before."""
        ...

    def fetch(self, name: str) -> pa.Table:
        """The rows of a table."""
        ...

    def close(self) -> None:
        """Forget all tables."""
        ...


def statement(name: str, values: Mapping[str, float]) -> tuple[str, dict[str, float]]:
    """A statement of this folder with those it reads row by row before it, and the values that they name."""
    text = _with_passing(name)
    return text, {word: values[word] for word in _NAMED.findall(text)}


def _with_passing(name: str) -> str:
    text = read_sql(PACKAGE, name).rstrip().rstrip(";")
    before = PASSING.get(name, ())
    if not before:
        return text
    parts = ",\n".join(f"{one} as (\n{read_sql(PACKAGE, one)})" for one in before)
    return f"with {parts}\nselect * from (\n{text}\n) as {name}_rows"


class EmbeddedEngine:
    """DuckDB, in the database of the snapshot being made; portion by portion, so that memory stays bounded."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, pings_at_once: int = PINGS_AT_ONCE, *, is_gliding: bool = True
    ) -> None:
        self._database = database
        self.is_gliding = is_gliding
        self._made: set[str] = set()
        ((pings,),) = database.execute("select count(*) from pings").fetchall()
        self.buckets = max(1, -(-int(pings) // pings_at_once))
        database.execute("set variable buckets = $buckets", {"buckets": self.buckets})
        database.execute(read_sql(PACKAGE, "pings_to_follow"))

    def put(self, name: str, rows: pa.Table) -> None:
        self._database.register("rows_at_hand", rows)
        self._database.execute(f"create or replace temp table {name} as from rows_at_hand")
        self._database.unregister("rows_at_hand")
        self._made.add(name)

    def make(self, name: str, values: Mapping[str, float]) -> None:
        text, bound = statement(name, values)
        if name == SORTED:
            text = f"select * from ({text}) order by {ORDER}"
        self._database.execute(f"create or replace temp table {name} as {self._in_order(text)}", bound or None)
        self._made.add(name)

    def _in_order(self, text: str) -> str:
        """Points lie in the order of their tracks: asked for none, DuckDB lets its windows glide over them as they lie.

        The statements themselves look where the next truck begins.
        """
        return text.replace(TRACK_WINDOW, "") if self.is_gliding else text

    def gather(self, name: str, values: Mapping[str, float]) -> None:
        if name not in self._made:
            self.make(name, values)
            return
        text, bound = statement(name, values)
        self._database.execute(f"insert into temp.{name} {text}", bound or None)

    def fetch(self, name: str) -> pa.Table:
        return self._database.execute(f"from temp.{name}").to_arrow_table()

    def close(self) -> None:
        for name in self._made:
            self._database.execute(f"drop table if exists temp.{name}")
        self._database.execute("drop view if exists temp.pings_to_follow")
