"""Measures speed and memory: `make bench`, or `python -m tests.bench --only pings cells --quick --json FILE`.

Every figure stands beside a peer that was measured in the same run on the same machine, and beside its goal where
it has one; nothing is asserted. Temporary files lie where TMPDIR says, and go away at the end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Settings, table
from tests.bench.measuring import TrialError, memory_source

NAMES = (
    "pings",
    "contracts",
    "cells",
    "osm",
    "road_network",
    "clusters",
    "coverage",
    "ledger",
    "datum",
    "snapshot",
    "fuzz",
    "sample",
    "tiles",
    "first_map",
    "tracks",
    "siting",
)
QUICK = 0.1
SHOWN_PACKAGES = ("duckdb", "pandas", "numpy", "shapely", "streamlit")


def main() -> int:
    options = _options()
    about = _about(options)
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in about.items()) + "\n")
    figures: list[Figure] = []
    failed: dict[str, str] = {}
    for name in options.only:
        load, started = _load(), time.monotonic()
        try:
            figures += _measured(name, options)
        except (TrialError, OSError) as fault:
            failed[name] = str(fault)
        sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s in all, load before {load}\n")
    sys.stdout.write("\n".join(table(figures)) + "\n")
    sys.stdout.write("".join(f"{name}: FAILED, {fault}\n" for name, fault in failed.items()))
    if options.json:
        told = {**about, "figures": [figure.as_json() for figure in figures], "failed": failed}
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if failed else 0


def _measured(name: str, options: argparse.Namespace) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix=f"yitu-bench-{name}-") as folder:
        scale = QUICK if options.quick else 1.0
        kills = options.kills or round(1000 * scale)
        return list(import_module(f"tests.bench.{name}").figures(Settings(Path(folder), scale, kills)))


def _about(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {_load()}",
        "python": platform.python_version(),
        "packages": ", ".join(f"{package} {version(package)}" for package in SHOWN_PACKAGES),
        "memory": memory_source(),
        "sizes": "a tenth" if options.quick else "full",
    }


def _load() -> str:
    """How busy the machine is with other work over 1, 5 and 15 minutes; Windows does not say."""
    return " ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="a tenth of each size")
    parser.add_argument("--kills", type=int, help="how many builds are killed (1000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
