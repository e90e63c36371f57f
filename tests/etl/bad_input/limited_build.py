"""Builds a place in a process of its own with bounded memory: `python -m tests.etl.bad_input.limited_build <folder>`.

Prints the most memory that it held, in bytes, and how many seconds of the processor it took.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from tests.etl.bad_input.tiny_place import MOST_SECONDS, Outcome, TinyPlace, read_outcome
from tests.memory_held import most_held_bytes

MOST_BYTES = 1024**3
ADDRESS_SPACE_BYTES = 6 * 1024**3  # libraries reserve far more than they touch; this only stops a runaway
REPOSITORY = Path(__file__).resolve().parents[3]


def build_within_limits(place: TinyPlace, query: str = "") -> Outcome:
    """Build in another process; at most a gigabyte and ten seconds of the processor."""
    place.write_manifest()
    command = [sys.executable, "-m", "tests.etl.bad_input.limited_build", str(place.folder)]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    held_bytes, took_s = run.stdout.split()
    assert int(held_bytes) <= MOST_BYTES
    assert float(took_s) <= MOST_SECONDS
    (snapshot,) = (place.folder / "snapshots").glob("atlas-*.duckdb")
    return read_outcome(snapshot, query)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    from etl.build import build_place  # noqa: PLC0415  (the limit comes first)

    build_place(Path(sys.argv[1]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(f"{most_held_bytes()} {used.ru_utime + used.ru_stime}")


if __name__ == "__main__":
    main()
