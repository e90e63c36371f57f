"""Kills builds at random moments while readers read: `python -m tests.bench.snapshot_kills --kills 2000`.

Every killed build leaves the last good snapshot in force, and the next build clears what it left.
The process that forks never opens a database itself: forked threads of DuckDB would not live.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import duckdb

import etl.snapshot_draft
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import digest_beside, digest_of
from planning.atlas import open_atlas
from tests.etl.tiny_build import build, number_in, number_read, open_without_spatial

if TYPE_CHECKING:
    from collections.abc import Callable

HEAL_EVERY = 10


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        counts = campaign(Path(place), options.kills, options.seed, spatial=options.spatial)
    sys.stdout.write(json.dumps(counts) + "\n")
    return 1 if counts["torn"] or counts["half_builds"] or counts["notices"] or counts["unhealed"] else 0


def campaign(place: Path, kills: int, seed: int, *, spatial: bool = False) -> dict[str, float]:
    """What was killed, read and found torn; all but the first three lines of it must stay zero."""
    dice = random.Random(seed)
    folder = SnapshotFolder(place / "snapshots")
    if not spatial:
        vars(etl.snapshot_draft)["open_database"] = open_without_spatial
    started = time.monotonic()
    _wait(_fork(partial(build, folder, 0)))
    build_s = time.monotonic() - started
    readers = [_start_reader(_read_files, place), _start_reader(_read_atlas, place)]
    counts = Counter(kills=0, too_late=0, half_builds=0, unhealed=0, reads=0, torn=0, notices=0, stepped_back=0)
    number = 0
    while counts["kills"] < kills:
        number += 1
        builder = _fork(partial(build, folder, number))
        time.sleep(dice.uniform(0, 1.1 * build_s))
        os.kill(builder, signal.SIGKILL)
        counts["kills" if os.WIFSIGNALED(os.waitpid(builder, 0)[1]) else "too_late"] += 1
        counts["half_builds"] += not _is_whole(folder)
        if number % HEAL_EVERY == 0:
            number += 1
            began = time.monotonic()
            counts["unhealed"] += not (_wait(_fork(partial(build, folder, number))) and _is_tidy(folder))
            build_s = 0.8 * build_s + 0.2 * (time.monotonic() - began)
    for reader in readers:
        counts.update(_stop_reader(*reader))
    counts["unhealed"] += not (_wait(_fork(partial(build, folder, number + 1))) and _is_tidy(folder))
    return {**counts, "build_ms": round(build_s * 1000), "seconds": round(time.monotonic() - started, 1)}


def _is_whole(folder: SnapshotFolder) -> bool:
    current = folder.current()
    return current is not None and digest_beside(current).read_text(encoding="ascii").startswith(digest_of(current))


def _is_tidy(folder: SnapshotFolder) -> bool:
    names = {path.name for path in folder.path.iterdir()}
    snapshots = {name for name in names if name.endswith(".duckdb")}
    sums = {name.replace(".duckdb", ".sha256") for name in snapshots}
    return names - snapshots - sums == {"CURRENT", ".lock"} and len(snapshots) <= 5


def _read_files(place: Path) -> tuple[int, bool]:
    found = SnapshotFolder(place / "snapshots").newest_sound()
    assert found is not None
    return number_in(found.path), found.notice is not None


def _read_atlas(place: Path) -> tuple[int, bool]:
    atlas = open_atlas(place)
    return number_read(atlas.cursor()), atlas.notice is not None


def _start_reader(read: Callable[[Path], tuple[int, bool]], place: Path) -> tuple[int, int]:
    """The ends of two pipes: a byte into the first stops the reader, the second gives its counts."""
    stop_read, stop_write = os.pipe()
    counts_read, counts_write = os.pipe()

    def work() -> None:
        os.close(stop_write)
        os.nice(10)  # the builds go first, else most of the time goes into waiting for them
        os.write(counts_write, json.dumps(_read_until(stop_read, read, place)).encode())

    _fork(work)
    os.close(stop_read)
    os.close(counts_write)
    return stop_write, counts_read


def _read_until(stop: int, read: Callable[[Path], tuple[int, bool]], place: Path) -> dict[str, int]:
    counts: Counter[str] = Counter()
    last = -1
    while not select.select([stop], [], [], 0.005)[0]:
        counts["reads"] += 1
        try:
            number, noticed = read(place)
        except (AssertionError, OSError, duckdb.Error) as fault:
            sys.stderr.write(f"{fault!r}\n")
            counts["torn"] += 1
            continue
        counts["notices"] += noticed
        counts["stepped_back"] += number < last
        last = number
    return counts


def _stop_reader(stop: int, counts: int) -> dict[str, int]:
    os.write(stop, b".")  # closing would not do: readers started later hold a copy of this end
    os.close(stop)
    with os.fdopen(counts) as pipe:
        told: dict[str, int] = json.loads(pipe.read())
    return told


def _fork(work: Callable[[], object]) -> int:
    child = os.fork()
    return child or _end_with(work)


def _end_with(work: Callable[[], object]) -> NoReturn:
    code = 1
    try:
        work()
        code = 0
    except Exception as fault:  # noqa: BLE001
        sys.stderr.write(f"{fault!r}\n")
    finally:
        os._exit(code)


def _wait(child: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--folder", help="where the place of the trial is made; the system's own for such by default")
    parser.add_argument("--spatial", action="store_true", help="load the spatial extension in builds too (slower)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
