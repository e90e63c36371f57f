"""Builds killed at random moments while others read, and a large snapshot put in force."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, median_tried, tried

SIZE_MB = 300
MUST_BE_ZERO = ("torn", "half_builds", "unhealed", "notices")


def figures(settings: Settings) -> Iterator[Figure]:
    killed = tried(_kill, settings.folder, settings.kills)
    counts = killed.value
    is_met = not any(counts[name] for name in MUST_BE_ZERO)
    note = ", ".join(f"{name} {count:g}" for name, count in counts.items())
    goal = "0 torn, 0 half builds"
    yield Figure.of("snapshot, kills", settings.kills, killed, goal=goal, is_met=is_met, note=note)
    folder = settings.folder / "large"
    folder.mkdir()
    published = median_tried(_publish, folder, settings.rows(SIZE_MB))
    size_mb = published.value / 1e6
    copied = median_tried(_copy, next(folder.glob("*.duckdb")), settings.folder / "copy")
    peer = "copy and flush"
    yield Figure.of(f"publish {size_mb:.0f} MB", None, published, peer=peer, peer_s=copied.seconds)


def _kill(clock: Clock, folder: Path, kills: int) -> dict[str, float]:
    from tests.bench.snapshot_kills import campaign  # noqa: PLC0415

    with clock.running():
        return campaign(folder, kills, seed=7)


def _publish(clock: Clock, folder: Path, size_mb: int) -> int:
    from etl.snapshot import SnapshotFolder  # noqa: PLC0415

    rows = size_mb * 125_000  # of a number of eight bytes that packs no smaller
    with SnapshotFolder(folder).building(keep=1) as draft:
        draft.database.execute(f"create table content as select hash(i) as value from range({rows}) as numbers (i)")
        with clock.running():
            snapshot = draft.publish({"content": rows})
    return snapshot.stat().st_size


def _copy(clock: Clock, snapshot: Path, target: Path) -> None:
    with clock.running():
        shutil.copyfile(snapshot, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    target.unlink()
