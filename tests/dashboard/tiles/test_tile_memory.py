from __future__ import annotations

import threading
import time

import pytest

from dashboard.tiles.tile_memory import TileMemory


def test_the_least_lately_used_goes_first() -> None:
    memory: TileMemory[bytes] = TileMemory(30, len)
    made = []

    def make(name: str, size: int = 10) -> bytes:
        def maker() -> bytes:
            made.append(name)
            return name.encode() * size

        return memory.recall(name, maker)

    for name in "abcad":
        assert make(name) == name.encode() * 10
    assert made == list("abcd")
    assert memory.size_bytes == 30
    make("b")
    assert made == list("abcdb")
    make("a")
    make("d")
    assert made == list("abcdb")


def test_one_that_is_too_large_is_answered_and_kept_alone() -> None:
    memory: TileMemory[bytes] = TileMemory(30, len)
    memory.recall("a", lambda: b"a" * 10)
    assert len(memory.recall("b", lambda: b"b" * 100)) == 100
    assert memory.size_bytes == 100
    memory.recall("c", lambda: b"c")
    assert memory.size_bytes == 1
    memory.forget()
    assert memory.size_bytes == 0


def test_what_could_not_be_made_is_tried_again() -> None:
    memory: TileMemory[bytes] = TileMemory(30, len)

    def fail() -> bytes:
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011
            memory.recall("a", fail)
    assert memory.recall("a", lambda: b"x") == b"x"
    assert memory._making == {}


def test_eight_threads_that_want_one_thing_make_it_once() -> None:
    memory: TileMemory[str] = TileMemory(1000, len)
    together, made, seen = threading.Barrier(8), [], []

    def make() -> str:
        time.sleep(0.05)
        made.append(1)
        return "thing"

    def ask() -> None:
        together.wait()
        seen.append(memory.recall("key", make))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["thing"] * 8
    assert len(made) == 1


def test_the_count_of_bytes_is_right_after_many_threads() -> None:
    memory: TileMemory[bytes] = TileMemory(500, len)

    def ask(seed: int) -> None:
        for step in range(400):
            key = (step * 7 + seed * 13) % 60
            assert memory.recall(key, lambda key=key: bytes([key]) * (key + 1)) == bytes([key]) * (key + 1)  # type: ignore[misc]

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.size_bytes == sum(map(len, memory._kept.values())) <= 500
