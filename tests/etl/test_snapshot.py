from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

import duckdb
import pytest

import etl.build_id
from etl.build_id import build_of, next_build, snapshot_name
from etl.build_lock import only_build
from etl.engine import connect
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import digest_beside
from tests.etl.tiny_build import ROWS, build, fill, number_in, number_read
from wording import Refusal, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "place" / "snapshots")


def names(folder: SnapshotFolder) -> set[str]:
    return {path.name for path in folder.path.iterdir()}


def shown(folder: SnapshotFolder) -> Path:
    found = folder.newest_sound()
    assert found is not None
    return found.path


def test_a_published_build_is_in_force_write_protected_and_alone(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 7)
    assert folder.current() == snapshot == shown(folder)
    assert folder.notice() is None
    assert number_in(snapshot) == 7
    assert stat.S_IMODE(snapshot.stat().st_mode) == 0o444
    assert names(folder) == {".lock", "CURRENT", snapshot.name, digest_beside(snapshot).name}
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        told = connection.execute("select tags['storage_version'] from duckdb_databases() where path is not null")
        assert told.fetchall() == [("v1.5.0+",)]


def test_an_empty_folder_has_nothing_in_force(folder: SnapshotFolder) -> None:
    assert folder.current() is None
    assert folder.history() == []
    assert folder.newest_sound() is None
    assert folder.notice() is None


def test_an_unpublished_draft_leaves_nothing(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    before = names(folder)
    with folder.building() as draft:
        fill(draft, 2)
        assert number_read(draft.database) == 2
    assert names(folder) == before
    assert folder.current() == first


def test_a_failing_build_leaves_nothing(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    before = names(folder)
    with pytest.raises(ZeroDivisionError), folder.building() as draft:  # noqa: PT012  (the block is what is tried)
        fill(draft, 2)
        _ = 1 / 0
    assert names(folder) == before
    assert folder.current() == first


def test_wrong_row_counts_are_named_and_not_published(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    with folder.building() as draft:
        fill(draft, 2)
        with pytest.raises(Refusal) as refused:
            draft.publish({"content": ROWS + 1, "absent": 3})
    tables = str(refused.value.message.values["tables"])
    assert "content" in tables
    assert "absent" in tables
    assert folder.current() == first
    assert folder.history() == [first]


def test_publishing_closes_the_cursors_of_the_build(folder: SnapshotFolder) -> None:
    with folder.building() as draft:
        fill(draft, 2)
        left_open = draft.database.cursor()
        snapshot = draft.publish({"content": ROWS})
    with pytest.raises(duckdb.Error):
        left_open.execute("delete from content")
    assert number_in(snapshot) == 2


def test_a_draft_that_somebody_else_still_writes_is_not_published(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    with folder.building() as draft:
        fill(draft, 2)
        (building,) = folder.path.glob("*.building")
        other = connect(building, storage_compatibility_version="v1.5.0")
        with other, pytest.raises(Refusal, match="stays in force"):
            draft.publish({"content": ROWS})
    assert folder.current() == first


def test_the_draft_can_spill_but_not_look_around(folder: SnapshotFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with folder.building() as draft:
        setting = draft.database.execute("select current_setting('temp_directory')").fetchone()
        assert setting == (str(draft.spill_folder),)
        with pytest.raises(duckdb.Error):
            draft.database.execute("from read_csv($path)", {"path": str(secret)})


def test_only_the_newest_are_kept(folder: SnapshotFolder) -> None:
    built = [build(folder, number, keep=3) for number in range(5)]
    assert folder.history() == built[:1:-1]
    digests = {digest_beside(path).name for path in built[2:]}
    assert names(folder) == {".lock", "CURRENT"} | {path.name for path in built[2:]} | digests


def test_builds_rise_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch, folder: SnapshotFolder) -> None:
    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2020, 1, 1, tzinfo=tz)

    first = build(folder, 1)
    monkeypatch.setattr(etl.build_id, "datetime", SetBack)
    second, third = build(folder, 2), build(folder, 3)
    assert first.name < second.name < third.name
    assert folder.history() == [third, second, first]


def test_builds_tell_their_moment_and_rise_within_one_microsecond() -> None:
    build_id = next_build([])
    moment = datetime.strptime(build_id.split("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    made: list[str] = []
    for _ in range(200):
        made.append(snapshot_name(next_build(made)))
    assert made == sorted(set(made))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../atlas-20260101T000000000000Z-abcd.duckdb",
        "/etc/passwd",
        "atlas-20260101T000000000000Z-abcd.duckdb/../x",
        "atlas-20261301T000000000000Z-abcd.duckdb",
        "atlas-２０２６0101T000000000000Z-abcd.duckdb",
        "atlas-20260101T000000000000Z-abcd.duckdb.building",
        "atlas-x.duckdb",
        "CON",
        "x" * 5000,
        "\x00",
    ],
)
def test_a_pointer_to_anything_else_is_not_followed(folder: SnapshotFolder, name: str) -> None:
    snapshot = build(folder, 1)
    assert build_of(name) is None
    (folder.path / "CURRENT").write_text(name, encoding="utf-8")
    assert folder.current() is None
    assert shown(folder) == snapshot
    assert "CURRENT" in str(folder.notice())
    healed = build(folder, 2)
    assert folder.current() == healed > snapshot
    assert folder.notice() is None


@pytest.mark.parametrize("digit", ["0", "9"])
def test_a_pointer_with_a_wrong_digit_falls_back(folder: SnapshotFolder, digit: str) -> None:
    snapshot = build(folder, 1)
    wrong = snapshot.name.replace("atlas-20", f"atlas-2{digit}").replace("atlas-202", "atlas-200")
    (folder.path / "CURRENT").write_text(wrong, encoding="ascii")
    assert shown(folder) == snapshot
    assert wrong in str(folder.notice())
    assert build(folder, 2) == shown(folder)


def test_a_pointer_that_is_no_file_is_not_waited_for(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 1)
    (folder.path / "CURRENT").unlink()
    os.mkfifo(folder.path / "CURRENT")
    assert shown(folder) == snapshot
    assert folder.current() is None


def test_a_link_in_the_place_of_a_snapshot_is_not_followed(folder: SnapshotFolder, tmp_path: Path) -> None:
    first, second = build(folder, 1), build(folder, 2)
    elsewhere = tmp_path / "elsewhere.duckdb"
    shutil.move(second, elsewhere)
    second.symlink_to(elsewhere)
    assert folder.current() is None
    assert shown(folder) == first
    assert second.name in str(folder.notice())


def test_leftovers_go_and_strangers_stay(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 1)
    stem = "atlas-20200101T000000000000Z-abcd"
    (folder.path / f"{stem}.spill").mkdir()
    (folder.path / f"{stem}.spill" / "duckdb_temp_0").write_text("x", encoding="utf-8")
    for leftover in (
        f"{stem}.duckdb.building",
        f"{stem}.duckdb.building.wal",
        f"{stem}.sha256",
        "CURRENT.new",
    ):
        (folder.path / leftover).write_text("x", encoding="utf-8")
    stranger = folder.path / "notes.txt"
    stranger.write_text("kept", encoding="utf-8")
    before = {".lock", "CURRENT", snapshot.name, digest_beside(snapshot).name, stranger.name}
    with folder.building() as draft:
        assert {name for name in names(folder) if draft.build not in name} == before
    assert names(folder) == before


def test_a_leftover_that_links_elsewhere_takes_nothing_with_it(folder: SnapshotFolder, tmp_path: Path) -> None:
    build(folder, 1)
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (treasure / "ledger.xlsx").write_text("kept", encoding="utf-8")
    (folder.path / "atlas-20200101T000000000000Z-abcd.spill").symlink_to(treasure)
    build(folder, 2)
    assert (treasure / "ledger.xlsx").read_text(encoding="utf-8") == "kept"


def test_too_little_room_is_refused_with_numbers_before_anything_is_written(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    before = names(folder)
    with pytest.raises(Refusal) as refused, folder.building(needed_bytes=10**18):
        pytest.fail("the block must not be entered")
    assert refused.value.message.values["needed"] == 10**12
    free = refused.value.message.values["free"]
    assert isinstance(free, int)
    assert 0 < free < 10**12
    assert names(folder) == before
    assert folder.current() == first


def test_two_builds_at_once_are_refused(folder: SnapshotFolder) -> None:
    with folder.building() as draft:
        fill(draft, 1)
        with pytest.raises(Refusal) as refused, folder.building():
            pytest.fail("the block must not be entered")
        assert "Another build is running" in refused.value.message.text
        snapshot = draft.publish({"content": ROWS})
    assert folder.current() == snapshot
    with only_build(folder.path):
        pass


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(Refusal) as refused, SnapshotFolder(tmp_path / "snapshots").building():
        pytest.fail("the block must not be entered")
    assert "cannot be written to" in refused.value.message.text
