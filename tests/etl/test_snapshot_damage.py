from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

import etl.snapshot_draft
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import digest_beside, is_sound, open_snapshot, verify
from tests.etl.tiny_build import ROWS, assert_heals, assert_shows, build, open_without_spatial
from wording import Refusal, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True, scope="module")
def quick_builds() -> Iterator[None]:
    """No damage depends on the spatial extension, and these builds without it take far less time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(etl.snapshot_draft, "open_database", open_without_spatial)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


def damage(snapshot: Path, change: Callable[[bytearray], bytearray]) -> None:
    content = bytearray(snapshot.read_bytes())
    snapshot.chmod(0o644)
    snapshot.write_bytes(change(content))


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bits_fall_back_to_the_last_good_one(two_built: tuple[Path, Path], seed: int) -> None:
    first, second = two_built
    dice = random.Random(seed)

    def flip(content: bytearray) -> bytearray:
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        return content

    damage(second, flip)
    assert_shows(SnapshotFolder(first.parent), first, 1, damaged=second)


@pytest.mark.parametrize("seed", range(12))
def test_a_truncated_one_falls_back_to_the_last_good_one(two_built: tuple[Path, Path], seed: int) -> None:
    first, second = two_built
    size = 0 if seed == 0 else random.Random(seed).randrange(second.stat().st_size)
    damage(second, lambda content: content[:size])
    assert_shows(SnapshotFolder(first.parent), first, 1, damaged=second)


@pytest.fixture(scope="module")
def two_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = SnapshotFolder(tmp_path_factory.mktemp("kept") / "snapshots")
    build(folder, 1)
    build(folder, 2)
    return folder.path


@pytest.fixture
def two_built(two_kept: Path, tmp_path: Path) -> tuple[Path, Path]:
    folder = SnapshotFolder(Path(shutil.copytree(two_kept, tmp_path / "snapshots")))
    second, first = folder.history()
    return first, second


def test_damage_met_while_running_falls_back_and_the_next_build_heals(two_built: tuple[Path, Path]) -> None:
    first, second = two_built
    folder = SnapshotFolder(first.parent)
    assert_shows(folder, second, 2)
    damage(second, lambda content: content[:-1])
    assert_shows(folder, first, 1, damaged=second)
    with pytest.raises(Refusal, match="damaged"):
        verify(second)
    assert_heals(folder)


def test_data_damage_without_a_digest_is_found_by_reading_all(two_built: tuple[Path, Path]) -> None:
    first, second = two_built
    digest_beside(second).unlink()
    with duckdb.connect(str(second), read_only=True) as connection:
        found = connection.execute("select max(block_id) from pragma_storage_info('content')").fetchone()
    assert found is not None
    in_data = 3 * 4096 + found[0] * 262_144 + 64  # three headers, then blocks

    def overwrite(content: bytearray) -> bytearray:
        content[in_data] ^= 1
        return content

    damage(second, overwrite)
    assert_shows(SnapshotFolder(first.parent), first, 1, damaged=second)


def test_a_missing_snapshot_falls_back(two_built: tuple[Path, Path]) -> None:
    first, second = two_built
    second.unlink()
    assert_shows(SnapshotFolder(first.parent), first, 1, damaged=second)


def test_nothing_sound_is_refused(two_built: tuple[Path, Path]) -> None:
    for snapshot in two_built:
        damage(snapshot, lambda content: content[:100])
    folder = SnapshotFolder(two_built[0].parent)
    with pytest.raises(Refusal, match="Every snapshot"):
        folder.newest_sound()
    assert_heals(folder)


def test_a_stale_log_beside_a_snapshot_is_never_mixed_in(two_built: tuple[Path, Path]) -> None:
    first, second = two_built
    writable = second.with_name("writable.duckdb")
    shutil.copy(second, writable)
    writable.chmod(0o644)
    with duckdb.connect(str(writable)) as connection:
        connection.execute("set checkpoint_threshold = '1TB'")
        connection.execute("insert into content select * from content limit 500")
        shutil.copy(f"{writable}.wal", f"{second}.wal")
    with duckdb.connect(str(second), read_only=True) as unguarded:
        assert unguarded.execute("select count(*) from content").fetchone() == (ROWS + 500,)
    folder = SnapshotFolder(first.parent)
    assert not is_sound(second)
    with pytest.raises(Refusal, match="damaged"):
        open_snapshot(second)
    assert_shows(folder, first, 1, damaged=second)
    with folder.building():
        pass
    assert_shows(folder, second, 2)


def test_one_published_but_never_pointed_to_is_not_in_force(two_built: tuple[Path, Path]) -> None:
    first, second = two_built
    folder = SnapshotFolder(first.parent)
    (folder.path / "CURRENT").write_text(f"{first.name}\n", encoding="ascii")
    assert_shows(folder, first, 1)
    assert folder.history() == [first]
    third = build(folder, 3)
    assert third > second
    assert_shows(folder, third, 3)
