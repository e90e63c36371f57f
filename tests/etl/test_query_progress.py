"""Long work is heard of while it runs, and all of its rows in the end."""

from __future__ import annotations

import time

import pytest

from etl.engine import open_database
from etl.query_progress import shown_query
from wording import Message


class Listener:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int | None]] = []
        self.heard: list[tuple[float, int]] = []

    def begin(self, task: Message, total_rows: int | None = None) -> None:
        self.begun.append((task.text, total_rows))

    def advance(self, rows: int) -> None:
        self.heard.append((time.monotonic(), rows))


@pytest.mark.slow
def test_a_long_statement_is_heard_of_while_it_runs() -> None:
    database, listener = open_database(), Listener()
    database.execute("create temp table numbers as select i from range(6000000) as r(i)")
    with shown_query(database, listener, Message("work"), 1000):
        database.execute("create temp table hashes as select md5(md5(md5(md5(i::varchar)))) from numbers")
    ended = time.monotonic()
    assert listener.begun == [("work", 1000)]
    assert sum(rows for _, rows in listener.heard) == 1000
    assert len(listener.heard) > 2
    assert listener.heard[0][0] < ended - 0.3


def test_a_statement_that_fails_ends_the_watch() -> None:
    database, listener = open_database(), Listener()
    with pytest.raises(ValueError, match="stop"), shown_query(database, listener, Message("work"), 10):
        raise ValueError("stop")
    assert sum(rows for _, rows in listener.heard) == 10
