"""Damages files of every kind and reads them: `python -m tests.bench.reader_fuzz --mutations 10000 --seed 1`.

Each damaged file ends in tables or in a sentence, within ten seconds and a bounded memory; the same seed
gives the same files. Reading happens in worker processes, so that a crash costs one file and is counted.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext, SpawnProcess

SECONDS = 10.0
SLOW_SECONDS = 2.0
MEMORY_BYTES = 1024**3
ADDRESS_SPACE_BYTES = 6 * 1024**3  # libraries reserve far more than they touch
HEADINGS = {"编号", "名称", "停车位", "经度", "纬度", "编码"}
MOST_SHOWN = 20


class Report(TypedDict):
    """What came of the damaged files, by kind, and the worst of them."""

    kinds: dict[str, Counter[str]]
    worst: list[str]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        report = campaign(Path(folder), options.mutations, options.seed, options.kind)
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(counts.get("crashes") for counts in report["kinds"].values()) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="only this kind of file")
    parser.add_argument("--folder", help="where the damaged files lie for a moment")
    return parser.parse_args()


def campaign(folder: Path, mutations: int, seed: int, only: str | None = None) -> Report:
    """Counts by kind of file: tables, refusals, slow ones, crashes; and the worst by name."""
    seeds = {kind: path for kind, path in write_seeds(folder).items() if only in (None, kind)}
    counts = {kind: Counter[str]() for kind in seeds}
    worst: list[str] = []
    worker = Worker()
    for path in seeds.values():
        outcome, _ = worker.read(path)
        assert outcome.startswith("tables"), (path, outcome)
    for number in range(mutations):
        kind, path = list(seeds.items())[number % len(seeds)]
        damaged = folder / "damaged" / path.name
        damaged.parent.mkdir(exist_ok=True)
        for part in path.parent.iterdir():
            (damaged.parent / part.name).write_bytes(part.read_bytes())
        dice = random.Random(f"{seed}/{number}")
        target = damaged if kind != "shp" else damaged.with_suffix(dice.choice((".shp", ".dbf", ".shx", ".prj")))
        target.write_bytes(mutated(target.read_bytes(), dice))
        outcome, took_s = worker.read(damaged)
        counts[kind][outcome.partition(":")[0]] += 1
        counts[kind]["slow"] += took_s > SLOW_SECONDS
        if outcome.startswith("crashes") and len(worst) < MOST_SHOWN:
            worst.append(f"{kind} {number} {outcome}")
        for part in damaged.parent.iterdir():
            part.unlink()
    worker.stop()
    return {"kinds": counts, "worst": worst}


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """One to four damages, one after another."""
    for _ in range(dice.randint(1, 4)):
        raw = dice.choice(DAMAGES)(raw, dice) if raw else raw
    return raw


def _flip_bits(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.choice((1, 1, 4, 32))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _truncate(raw: bytes, dice: random.Random) -> bytes:
    return raw[: dice.randrange(len(raw) + 1)]


def _insert(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    piece = dice.choice(
        (b"\0" * 8, b"\xff" * 8, b'"', b"<", b"{[", b"\r", b",,,,", dice.randbytes(dice.randint(1, 64)))
    )
    return raw[:at] + piece * dice.choice((1, 1, 100)) + raw[at:]


def _swap(raw: bytes, dice: random.Random) -> bytes:
    size = dice.randint(1, max(1, len(raw) // 4))
    first, second = sorted(dice.randrange(len(raw)) for _ in range(2))
    return (
        raw[:first]
        + raw[second : second + size]
        + raw[first + size : second]
        + raw[first : first + size]
        + raw[second + size :]
    )


def _extreme_number(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw))
    number = dice.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x00\x00\x00\x00"))
    return raw[:at] + number + raw[at + 4 :]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip_bits, _truncate, _insert, _swap, _extreme_number)


class Worker:
    """A process that reads one file after another; a new one where the last died or hung."""

    def __init__(self) -> None:
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._here, there = self._context.Pipe()
        self._process: SpawnProcess = self._context.Process(target=_work, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._here.recv()  # the libraries are loaded

    def read(self, path: Path) -> tuple[str, float]:
        """What came of the file, and in what time."""
        started = time.monotonic()
        try:
            self._here.send(str(path))
            outcome = self._here.recv() if self._here.poll(SECONDS) else "crashes: longer than ten seconds"
        except EOFError:
            self._process.join()
            outcome = f"crashes: died with {self._process.exitcode}"
        took_s = time.monotonic() - started
        if outcome.startswith("crashes"):
            self.stop()
            self._start()
        return outcome, took_s

    def stop(self) -> None:
        self._here.close()
        self._process.kill()
        self._process.join()


def _work(there: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    from etl.reading.open_file import open_tables  # noqa: F401, PLC0415  (loaded before the clock runs)

    there.send("ready")
    while True:
        try:
            path = Path(there.recv())
        except EOFError:
            return
        there.send(_outcome(path))


def _outcome(path: Path) -> str:
    from etl.reading.open_file import open_tables  # noqa: PLC0415
    from wording import Refusal  # noqa: PLC0415

    try:
        with open_tables(path, path.name, _heading_score) as (tables, _notes):
            rows = sum(batch.num_rows for table in tables for batch in table.batches)
    except Refusal as refusal:
        return (
            f"refusals: {refusal}"
            if path.name.partition(".")[0] in str(refusal)
            else f"crashes: no file named in {refusal}"
        )
    except Exception as fault:  # noqa: BLE001  (any other end is what is looked for)
        return f"crashes: {type(fault).__name__} {str(fault)[:200]}"
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return f"tables: {rows}" if held <= MEMORY_BYTES else f"crashes: {held >> 20} MB held"


def _heading_score(cells: object) -> int:
    return sum(str(cell).strip() in HEADINGS for cell in cells) if isinstance(cells, (list, tuple)) else 0


def write_seeds(folder: Path) -> dict[str, Path]:
    """A small sound file of each kind, each in a folder of its own."""
    from tests.bench.fuzz_seeds import SEEDS  # noqa: PLC0415  (the workers need none of its libraries)

    paths = {}
    for kind, write in SEEDS.items():
        path = folder / "seeds" / kind / f"seed.{kind}"
        path.parent.mkdir(parents=True)
        write(path)
        paths[kind] = path
    return paths


if __name__ == "__main__":
    sys.exit(main())
