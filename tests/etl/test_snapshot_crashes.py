from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import etl.snapshot_draft
from etl.snapshot import SnapshotFolder
from tests.etl.tiny_build import ROWS, assert_heals, assert_shows, build, fill, open_without_spatial
from wording import Refusal, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True, scope="module")
def quick_builds() -> Iterator[None]:
    """No crash depends on the spatial extension, and 60 builds without it take half a minute less."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(etl.snapshot_draft, "open_database", open_without_spatial)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "snapshots")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_hundred_kills_under_readers_leave_no_half_build() -> None:
    program = [sys.executable, "-m", "tests.bench.snapshot_kills", "--kills", "100", "--seed", "7"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"kills": 100' in done.stdout


def test_a_killed_build_lets_the_lock_go_and_its_leftovers_are_cleared(folder: SnapshotFolder) -> None:
    first = build(folder, 1)
    program = (
        "import sys, time; from pathlib import Path; from etl.snapshot import SnapshotFolder\n"
        "from tests.etl.tiny_build import fill\n"
        "with SnapshotFolder(Path(sys.argv[1])).building() as draft:\n"
        "    fill(draft, 2); print('filled', flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(folder.path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "filled\n"
        with pytest.raises(Refusal, match="Another build is running"), folder.building():
            pytest.fail("the block must not be entered")
        builder.send_signal(signal.SIGKILL)
    assert list(folder.path.glob("*.building"))
    assert_shows(folder, first, 1)
    assert_heals(folder)


@pytest.mark.parametrize("call", ["fsync", "replace", "rename", "chmod"])
@pytest.mark.parametrize("reason", [errno.EIO, errno.ENOSPC, errno.EPERM])
def test_a_step_that_fails_leaves_the_last_good_one_in_force(
    folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch, call: str, reason: int
) -> None:
    first = build(folder, 1)
    before = {path.name for path in folder.path.iterdir()}
    with folder.building() as draft, monkeypatch.context() as broken:
        fill(draft, 2)
        broken.setattr(os, call, failing(reason))
        broken.setattr(time, "sleep", lambda _: None)
        with pytest.raises(Refusal, match="stays in force"):
            draft.publish({"content": ROWS})
    assert_shows(folder, first, 1)
    assert {path.name for path in folder.path.iterdir()} == before
    assert_heals(folder)


@pytest.mark.parametrize("failing_call", [1, 2, 3, 4, 5])
def test_whichever_flush_fails_either_the_last_or_the_new_one_is_whole(
    folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch, failing_call: int
) -> None:
    """Flushed are the file, its digest, the folder, the pointer and, when all is done, the folder again."""
    first = build(folder, 1)
    real, calls = os.fsync, 0

    def fails_once(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing_call:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    with folder.building() as draft, monkeypatch.context() as broken:
        fill(draft, 2)
        broken.setattr(os, "fsync", fails_once)
        if failing_call < 5:
            with pytest.raises(Refusal, match="stays in force"):
                draft.publish({"content": ROWS})
        else:
            draft.publish({"content": ROWS})
    assert calls >= failing_call
    current = folder.current()
    assert current is not None
    assert (current == first) == (failing_call < 5)
    assert_shows(folder, current, 1 if failing_call < 5 else 2)
    assert_heals(folder)


def failing(reason: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    return fail


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def fill_until_full(folder: SnapshotFolder) -> None:
    with folder.building() as draft:
        fill(draft, 2, rows=4_000_000)
        draft.publish({"content": 4_000_000})


def test_a_full_disk_leaves_the_last_good_one_in_force(small_disk: Path) -> None:
    folder = SnapshotFolder(small_disk / "snapshots")
    first = build(folder, 1)
    with pytest.raises(Refusal, match="is full"):
        fill_until_full(folder)
    assert_shows(folder, first, 1)
    assert_heals(folder)


def test_a_disk_that_fills_up_at_the_last_step_leaves_the_last_good_one_in_force(small_disk: Path) -> None:
    folder = SnapshotFolder(small_disk / "snapshots")
    first = build(folder, 1)
    with folder.building() as draft:
        fill(draft, 2)
        draft.database.execute("checkpoint")
        with (small_disk / "ballast").open("wb") as ballast:
            ballast.write(bytes(shutil.disk_usage(small_disk).free))
        with pytest.raises(Refusal, match="stays in force"):
            draft.publish({"content": ROWS})
    assert_shows(folder, first, 1)
    (small_disk / "ballast").unlink()
    assert_heals(folder)


@pytest.mark.parametrize("limit", [MEGABYTE // 2, 3 * MEGABYTE])
def test_a_file_that_may_not_grow_leaves_the_last_good_one_in_force(folder: SnapshotFolder, limit: int) -> None:
    first = build(folder, 1)
    program = (
        "import sys; from pathlib import Path; from etl.snapshot import SnapshotFolder\n"
        "from tests.etl.test_snapshot_crashes import fill_until_full\n"
        "fill_until_full(SnapshotFolder(Path(sys.argv[1])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder.path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1, done.stderr
    assert "Refusal" in done.stderr
    assert_shows(folder, first, 1)
    assert_heals(folder)
