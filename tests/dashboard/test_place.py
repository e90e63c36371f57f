from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

import planning.atlas
from dashboard import place
from dashboard.place import PLACE_VARIABLE, atlas_of, current_atlas
from etl.snapshot import SnapshotFolder
from tests.etl.tiny_build import build, number_read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SnapshotFolder]:
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path))
    yield SnapshotFolder(tmp_path / "snapshots")
    place._asked_lately.clear()
    planning.atlas._latest.clear()


def named(snapshot: Path) -> str:
    return snapshot.stem.removeprefix("atlas-")


def number_of(build_id: str) -> int | None:
    atlas = atlas_of(build_id)
    return None if atlas is None else number_read(atlas.cursor())


@pytest.mark.slow
def test_each_build_that_is_kept_is_found_by_its_name(folder: SnapshotFolder) -> None:
    assert atlas_of("20990101T000000000000Z-ffff") is None
    built = [build(folder, number, keep=3) for number in range(4)]
    assert [number_of(named(one)) for one in built] == [None, 1, 2, 3]
    for name in ("", "..", "x", named(built[3]) + "x", "atlas-" + named(built[3]), "\0"):
        assert atlas_of(name) is None


def test_a_damaged_build_is_not_shown(folder: SnapshotFolder) -> None:
    first, second = build(folder, 1), build(folder, 2)
    first.chmod(0o644)
    with first.open("r+b") as file:
        file.truncate(20_000)
    assert number_of(named(first)) is None
    assert number_of(named(second)) == 2


@pytest.mark.slow
def test_an_earlier_build_stays_open_while_it_is_asked_for_and_no_longer(
    folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = [build(folder, number) for number in range(4)]
    assert number_of(named(built[0])) == 0
    kept = weakref.ref(atlas_of(named(built[0]))._instance)  # type: ignore[union-attr]
    gc.collect()
    assert kept() is not None
    for other in (1, 2):
        assert number_of(named(built[other])) == other
    gc.collect()
    assert kept() is None, "more than two earlier ones are held"
    lately = weakref.ref(atlas_of(named(built[2]))._instance)  # type: ignore[union-attr]
    monkeypatch.setattr(place, "_EARLIER_KEPT_S", -1.0)
    assert number_of(named(built[1])) == 1
    gc.collect()
    assert lately() is None, "one that nobody asked for lately is held"


def test_a_living_thread_that_asked_once_keeps_no_file_open(folder: SnapshotFolder) -> None:
    """The server's threads live long, and each has a cursor of its own on what it once read."""
    first = build(folder, 1)
    asked, may_end = threading.Event(), threading.Event()

    def ask() -> None:
        assert number_of(named(first)) == 1
        asked.set()
        may_end.wait(30)

    thread = threading.Thread(target=ask)
    thread.start()
    assert asked.wait(30)
    instance = weakref.ref(current_atlas()._instance)
    build(folder, 2)
    assert number_read(current_atlas().cursor()) == 2
    gc.collect()
    assert instance() is None
    assert thread.is_alive()
    may_end.set()
    thread.join()
