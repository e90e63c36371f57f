"""Is a snapshot's file whole? And the one way to open it for reading."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from etl.engine import connect, load_spatial, open_database
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What is checked when. At publishing, every block is read through DuckDB and its rows are counted, then
# the digest of the bytes is recorded beside the file. A reader compares that digest once per process and
# file: measured on 2 cores, 1.0 s a gigabyte against 1.6–2.7 s (on both cores) for reading all through
# DuckDB, and it also covers bytes that no table uses. After that each opening only asks whether the file
# is still the one that was checked (size, time of change), which takes some 40 µs with the pointer.
_judged: dict[tuple[str, int, int, int], bool] = {}
_judged_limit = 256
_judging = threading.Lock()

_DIGEST = re.compile(r"([0-9a-f]{64})  \S+\n?")


def digest_beside(snapshot: Path) -> Path:
    return snapshot.with_suffix(".sha256")


def wal_beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def row_counts(path: Path) -> dict[str, int]:
    """Read every column of every table, so that DuckDB tests the checksum of each block; the rows of each."""
    with _attached(path) as database:
        tables = database.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'snapshot'"
        ).fetchall()
        return {table: _rows_read(database, schema, table) for schema, table in tables}


def is_sound(snapshot: Path) -> bool:
    """Whether the file is as it was published; read whole once per process, then known by its stamp."""
    with _judging:
        try:
            # A log beside a published file is not its own: DuckDB would mix its rows in without a word.
            if snapshot.is_symlink() or not snapshot.is_file() or wal_beside(snapshot).exists():
                return False
            stat = snapshot.stat()
            stamp = (str(snapshot), stat.st_size, stat.st_mtime_ns, stat.st_ino)
            if stamp not in _judged:
                judged = _judge(snapshot)
                if len(_judged) >= _judged_limit:
                    _judged.clear()
                _judged[stamp] = judged
            return _judged[stamp]
        except OSError:  # not kept in mind: a disk that was busy or away may be back
            return False


def verify(snapshot: Path) -> dict[str, int]:
    """Read a snapshot whole, bytes and tables, whatever was known of it; the rows of each table."""
    try:
        if snapshot.is_file() and not wal_beside(snapshot).exists() and _bytes_as_published(snapshot) is not False:
            return row_counts(snapshot)
        fault: Exception | None = None
    except (OSError, duckdb.Error) as met:
        fault = met
    raise Refusal("The snapshot {file} is damaged. Build the place again.", file=snapshot.name) from fault


def open_snapshot(snapshot: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read, with the doors shut; one instance per file within the process."""
    if wal_beside(snapshot).exists():
        raise Refusal("The snapshot {file} is damaged. Build the place again.", file=snapshot.name)
    first = connect(snapshot, read_only=True)
    if _is_locked(first):
        return first
    try:
        # Globally, else cursors would swap lon and lat and tell the time of another zone.
        load_spatial(first)
        first.execute("set global geometry_always_xy = true")
        first.execute("set global timezone = 'Asia/Shanghai'")
        return open_database(snapshot, read_only=True)
    finally:
        first.close()


def _judge(snapshot: Path) -> bool:
    try:
        as_published = _bytes_as_published(snapshot)
        if as_published is None:
            row_counts(snapshot)
            return True
        if as_published:
            with _attached(snapshot):  # a file of a later DuckDB is whole and still of no use
                return True
    except duckdb.Error:
        pass
    return False


def _bytes_as_published(snapshot: Path) -> bool | None:
    """None where no digest was recorded, as for a file copied without its companion."""
    beside = digest_beside(snapshot)
    if not beside.is_file():
        return None
    with beside.open("rb") as file:
        recorded = _DIGEST.fullmatch(file.read(300).decode("ascii", errors="replace"))
    return recorded[1] == digest_of(snapshot) if recorded else None


@contextmanager
def _attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file as `snapshot` in an instance of its own: this process may have it open with other settings."""
    with duckdb.connect() as database:
        quoted = str(path.absolute()).replace("'", "''")  # attach takes no bound parameter
        database.execute(f"attach '{quoted}' as snapshot (type duckdb, read_only)")
        database.execute("set enable_external_access = false")
        database.execute("set lock_configuration = true")
        yield database


def _rows_read(database: duckdb.DuckDBPyConnection, schema: str, table: str) -> int:
    # count(column) could be answered from the null bits alone; a hash needs every value.
    names = ".".join('"' + part.replace('"', '""') + '"' for part in ("snapshot", schema, table))
    counted = database.execute(f"select count(*), bit_xor(hash(columns(*))) from {names}").fetchone()
    return int(counted[0]) if counted else 0


def _is_locked(database: duckdb.DuckDBPyConnection) -> bool:
    told = database.execute("select current_setting('lock_configuration')").fetchone()
    return bool(told and told[0])
