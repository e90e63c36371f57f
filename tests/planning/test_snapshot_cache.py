from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planning.snapshot_cache import SnapshotCache

ONE, OTHER = Path("one.duckdb"), Path("other.duckdb")


def test_an_answer_is_worked_out_once_though_many_ask_at_once() -> None:
    cache: SnapshotCache[int] = SnapshotCache(limit=10)
    worked_out: list[int] = []
    released = threading.Event()

    def work_out() -> int:
        worked_out.append(1)
        assert released.wait(5)
        return 42

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(cache.get, ONE, "a", work_out) for _ in range(8)]
        released.set()
        assert [one.result() for one in asked] == [42] * 8
    assert worked_out == [1]


def test_answers_are_kept_apart_by_snapshot_and_name_and_the_oldest_go() -> None:
    cache: SnapshotCache[str] = SnapshotCache(limit=2)
    assert cache.get(ONE, "a", lambda: "one a") == "one a"
    assert cache.get(OTHER, "a", lambda: "other a") == "other a"
    assert cache.get(ONE, "a", lambda: "again") == "one a"
    assert cache.get(ONE, "b", lambda: "one b") == "one b"
    assert cache.get(OTHER, "a", lambda: "again") == "again"


def test_a_fault_is_told_and_not_kept() -> None:
    cache: SnapshotCache[int] = SnapshotCache(limit=2)

    def fail() -> int:
        raise OSError(28)

    with pytest.raises(OSError, match="28"):
        cache.get(ONE, "a", fail)
    assert cache.get(ONE, "a", lambda: 1) == 1
