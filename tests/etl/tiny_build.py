"""A build of 2,000 rows whose every value follows from the build's number, so that a torn one shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

    from etl.snapshot import SnapshotFolder
    from etl.snapshot_draft import Draft

ROWS = 2000
_FILL = """
insert into content
select $number, i, ($number * 1000003 + i * 7919) % 999983, repeat(($number + i)::varchar, 5)
from range($first, $first + $rows) as numbers (i)
"""
_READ = """
select
    count(*) as row_count,
    min(number) as least,
    max(number) as most,
    count(*) filter (
        value <> (number * 1000003 + i * 7919) % 999983 or words <> repeat((number + i)::varchar, 5)
    ) as wrong
from content
"""


def fill(draft: Draft, number: int, rows: int = ROWS) -> None:
    """Write in several commits, as a real build does, so that a kill finds half a build and a log."""
    draft.database.execute("create table content (number bigint, i bigint, value bigint, words varchar)")
    step = rows // 4
    for first in range(0, rows, step):
        draft.database.execute(_FILL, {"number": number, "first": first, "rows": step})


def build(folder: SnapshotFolder, number: int, keep: int = 5) -> Path:
    with folder.building(keep=keep) as draft:
        fill(draft, number)
        return draft.publish({"content": ROWS})


def number_read(connection: duckdb.DuckDBPyConnection) -> int:
    """The build's number, once every row of it has been seen to be right."""
    found = connection.execute(_READ).fetchone()
    assert found is not None
    row_count, least, most, wrong = found
    assert (row_count, wrong, least) == (ROWS, 0, most), f"torn: {found}"
    return int(least)


def number_in(snapshot: Path) -> int:
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return number_read(connection)


def open_without_spatial(
    path: Path, *, readable: tuple[Path, ...], spill_folder: Path, storage_version: str
) -> duckdb.DuckDBPyConnection:
    """Opening as the engine does but for the spatial extension, whose signature takes 0.45 s to check."""
    assert readable == ()
    connection = duckdb.connect(str(path), config={"storage_compatibility_version": storage_version})
    connection.execute("set temp_directory = $folder", {"folder": str(spill_folder)})
    return connection


def assert_shows(folder: SnapshotFolder, snapshot: Path, number: int, *, damaged: Path | None = None) -> None:
    found = folder.newest_sound()
    assert found is not None
    assert found.path == snapshot
    assert number_in(found.path) == number
    if damaged is None:
        assert found.notice is None
    else:
        assert found.notice is not None
        assert damaged.name in str(found.notice)
        assert snapshot.name in str(found.notice)


def assert_heals(folder: SnapshotFolder) -> None:
    healed = build(folder, 99)
    assert_shows(folder, healed, 99)
    tails = {path.name.removeprefix(path.name.split(".")[0]) for path in folder.path.iterdir()}
    assert tails == {".lock", "", ".duckdb", ".sha256"}
