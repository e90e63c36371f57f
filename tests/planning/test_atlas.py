from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import duckdb
import pytest

import planning.atlas
from etl.snapshot import SnapshotFolder
from etl.sql_files import read_sql
from planning.atlas import Atlas, open_atlas
from tests.etl.tiny_build import ROWS, build, number_read
from wording import Refusal, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.fixture(autouse=True)
def nothing_open() -> Iterator[None]:
    yield
    planning.atlas._latest.clear()


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "snapshots")


@pytest.fixture
def trial_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "trial_queries"
    package.mkdir()
    (package / "first_rows.sql").write_text("select i, number from content where i < $below order by i")
    (package / "how_many.sql").write_text("select count(*) as row_count from content")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(planning.atlas, "QUERIES", "trial_queries")


def is_open(instance: weakref.ref[object]) -> bool:
    gc.collect()
    return instance() is not None


def instance_of(atlas: Atlas) -> weakref.ref[object]:
    return weakref.ref(atlas._instance)


def test_a_place_without_a_snapshot_is_refused_with_the_next_command(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"Run `yitu build .*`"):
        open_atlas(tmp_path)


def test_it_tells_its_build_and_answers(folder: SnapshotFolder, tmp_path: Path) -> None:
    snapshot = build(folder, 4)
    atlas = open_atlas(tmp_path)
    assert snapshot.name == f"atlas-{atlas.build_id}.duckdb"
    assert atlas.notice is None
    assert number_read(atlas.cursor()) == 4
    with pytest.raises(duckdb.Error):
        atlas.cursor().execute("delete from content")


@pytest.mark.usefixtures("trial_queries")
def test_a_query_comes_from_its_file_with_values_bound(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 4)
    atlas = open_atlas(tmp_path)
    assert atlas.query("first_rows", below=2).to_pylist() == [{"i": 0, "number": 4}, {"i": 1, "number": 4}]
    assert atlas.query("how_many").to_pylist() == [{"row_count": ROWS}]
    with pytest.raises(duckdb.Error):
        atlas.query("first_rows", below="2; drop table content")


@pytest.mark.usefixtures("trial_queries")
def test_a_query_does_not_cut_off_rows_still_being_read(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 4)
    atlas = open_atlas(tmp_path)
    reading = atlas.cursor().execute("select i from content order by i")
    assert reading.fetchone() == (0,)
    atlas.query("how_many")
    assert reading.fetchone() == (1,)


def test_sql_names_lead_nowhere_else() -> None:
    for name in ("../engine", "a/b", "x.sql", ""):
        with pytest.raises(ValueError, match=name or "^$"):
            read_sql("planning", name)


def test_one_instance_for_all_threads_and_a_cursor_for_each(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 4)
    seen: list[tuple[int, int, int]] = []
    together = threading.Barrier(4)
    hour = "select extract(hour from timestamptz '2026-01-01 00:00:00+00')"

    def read() -> None:
        together.wait()
        atlas = open_atlas(tmp_path)
        cursor = atlas.cursor()
        assert cursor is atlas.cursor()
        assert cursor.execute(hour).fetchone() == (8,)
        seen.append((id(atlas._instance), id(cursor), number_read(cursor)))
        together.wait()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({instance for instance, _, _ in seen}) == 1
    assert len({cursor for _, cursor, _ in seen}) == 4
    assert [number for _, _, number in seen] == [4] * 4


def open_below(folder: Path) -> list[Path]:
    """The files of this place that the process has open; other tests may have others."""
    return [path for path in planning.atlas._all if path.is_relative_to(folder.resolve())]


def test_a_newer_snapshot_is_noticed_and_the_older_let_go_when_nobody_holds_it(
    folder: SnapshotFolder, tmp_path: Path
) -> None:
    build(folder, 1)
    held = open_atlas(tmp_path)
    older = instance_of(held)
    build(folder, 2)
    assert number_read(open_atlas(tmp_path).cursor()) == 2
    assert is_open(older)
    assert number_read(held.cursor()) == 1
    del held
    assert not is_open(older)
    assert len(open_below(tmp_path)) == 1


def test_few_places_stay_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning.atlas, "_PLACES_KEPT_OPEN", 1)
    for name in ("north", "south"):
        build(SnapshotFolder(tmp_path / name / "snapshots"), 1)
    north = instance_of(open_atlas(tmp_path / "north"))
    assert is_open(north)
    south = instance_of(open_atlas(tmp_path / "south"))
    assert is_open(south)
    assert not is_open(north)


def test_a_damaged_newest_is_said_and_the_last_good_one_answers(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 1)
    second = build(folder, 2)
    assert number_read(open_atlas(tmp_path).cursor()) == 2
    planning.atlas._latest.clear()
    second.chmod(0o644)
    with second.open("r+b") as file:
        file.truncate(20_000)
    atlas = open_atlas(tmp_path)
    assert number_read(atlas.cursor()) == 1
    assert second.name in str(atlas.notice)


def test_history_runs_from_the_oldest_to_itself_without_the_damaged(folder: SnapshotFolder, tmp_path: Path) -> None:
    built = [build(folder, number) for number in range(4)]
    built[1].unlink()
    atlas = open_atlas(tmp_path)
    assert [number_read(older.cursor()) for older in atlas.history()] == [0, 2, 3]
    assert [older.build_id for older in atlas.history()][-1] == atlas.build_id
    gc.collect()
    assert len(open_below(tmp_path)) == 1


def test_a_held_atlas_keeps_to_its_own_past(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 1)
    atlas = open_atlas(tmp_path)
    build(folder, 2)
    assert [number_read(older.cursor()) for older in atlas.history()] == [1]
