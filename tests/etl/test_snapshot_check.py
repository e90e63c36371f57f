from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from etl.snapshot import SnapshotFolder
from etl.snapshot_check import digest_beside, is_sound, open_snapshot, row_counts, verify
from tests.etl.tiny_build import ROWS, build, number_read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "snapshots")


def test_a_snapshot_opens_for_reading_only_with_the_doors_shut(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 3)
    with open_snapshot(snapshot) as connection:
        assert number_read(connection) == 3
        for order in (
            "create table more (i int)",
            "delete from content",
            "set enable_external_access = true",
            "attach 'other.duckdb'",
            "from read_text('/etc/hostname')",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(order)


def test_a_snapshot_opened_twice_and_by_cursors_has_one_axis_order_and_one_clock(
    folder: SnapshotFolder,
) -> None:
    snapshot = build(folder, 3)
    where = "st_y(st_transform(st_point(107.3, 35.5), 'EPSG:4326', 'EPSG:3857'))::bigint"
    hour = "extract(hour from timestamptz '2026-01-01 00:00:00+00')"
    with open_snapshot(snapshot) as first, open_snapshot(snapshot) as second:
        for connection in (first, second, first.cursor(), second.cursor()):
            assert connection.execute(f"select {where}, {hour}").fetchone() == (4232038, 8)


def test_verify_reads_all(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 3)
    assert verify(snapshot) == row_counts(snapshot) == {"content": ROWS}


def test_a_snapshot_without_its_digest_is_read_whole_instead(folder: SnapshotFolder) -> None:
    snapshot = build(folder, 3)
    digest_beside(snapshot).unlink()
    assert is_sound(snapshot)
    found = folder.newest_sound()
    assert found is not None
    assert found.path == snapshot
