"""A long statement says how far it is: rows of the file behind it, as the database reports its share done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from etl.progress import Progress
from wording import Message

POLLED_EVERY_S = 0.3


@contextmanager
def shown_query(database: duckdb.DuckDBPyConnection, progress: Progress, task: Message, rows: int) -> Iterator[None]:
    """While the block runs its one long statement, `progress` hears of its rows."""
    progress.begin(task, rows)
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(database, progress, rows, is_over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _watch(database: duckdb.DuckDBPyConnection, progress: Progress, rows: int, is_over: threading.Event) -> None:
    told = 0
    while not is_over.wait(POLLED_EVERY_S):
        done = int(rows * max(0.0, database.query_progress()) / 100)
        if done > told:
            progress.advance(done - told)
            told = done
    progress.advance(rows - told)
