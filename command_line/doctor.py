"""Looks whether all that Yitu needs is on this machine, and says what to do where it isn't."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from wording import Refusal, say

LEAST_FREE_BYTES = 2_000_000_000
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Checkup:
    """One thing looked at."""

    name: str
    is_fine: bool
    sentence: str

    def to_json_dict(self) -> dict[str, object]:
        return {"name": self.name, "is_fine": self.is_fine, "sentence": self.sentence}


def checkups() -> list[Checkup]:
    """Every check, in the order in which a person would mend them."""
    return [check() for check in CHECKS]


def _python() -> Checkup:
    found = ".".join(str(part) for part in sys.version_info[:3])
    is_fine = (3, 11) <= sys.version_info[:2] <= (3, 13)
    advice = "" if is_fine else say("Python 3.11 to 3.13 is needed; remove .venv and run `make run PYTHON=python3.12`.")
    return Checkup("python", is_fine, f"Python {found} {advice}".strip())


def _database() -> Checkup:
    from etl.engine import open_database  # noqa: PLC0415  (a broken package must end in a sentence, not at import)

    try:
        found = open_database().execute("select st_astext(st_point(1, 2))").fetchone()
    except (Refusal, ImportError) as fault:
        return Checkup("database", False, str(fault))
    is_fine = found == ("POINT (1 2)",)
    return Checkup("database", is_fine, say("DuckDB {version} with its spatial extension", version=version("duckdb")))


def _package(name: str) -> Callable[[], Checkup]:
    def check() -> Checkup:
        try:
            return Checkup(name, True, f"{name} {version(name)}")
        except PackageNotFoundError:
            missing = say("The package {name} is missing. Run `make run` again to install it.", name=name)
            return Checkup(name, False, missing)

    return check


def _divisions() -> Checkup:
    from etl.divisions import find_division  # noqa: PLC0415

    try:
        county = find_division("620821")
        is_fine = county.outline.is_valid
    except (Refusal, OSError, ImportError) as fault:
        return Checkup("divisions", False, str(fault))
    return Checkup("divisions", is_fine, say("Outlines of China's counties, offline"))


def _browser_files() -> Checkup:
    from dashboard.vendor_files import missing_files  # noqa: PLC0415

    is_fine = not missing_files()
    return Checkup(
        "browser files",
        is_fine,
        say("The maps' browser files are here")
        if is_fine
        else say("The maps' browser files are missing or old. Run `make run` again to fetch them."),
    )


def _disk() -> Checkup:
    free_bytes = shutil.disk_usage(ROOT).free
    is_fine = free_bytes >= LEAST_FREE_BYTES
    sentence = say("{gigabytes} GB free on this disk", gigabytes=f"{free_bytes / 1e9:.1f}")
    return Checkup("disk", is_fine, sentence if is_fine else sentence + say("; at least 2 GB are needed"))


def _temporary_folder() -> Checkup:
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"yitu")
    except OSError as fault:
        return Checkup(
            "temporary folder", False, say("The temporary folder cannot be written to: {fault}", fault=fault)
        )
    return Checkup("temporary folder", True, say("The temporary folder can be written to"))


def _sample() -> Checkup:
    from etl.snapshot import SnapshotFolder  # noqa: PLC0415

    found = SnapshotFolder(ROOT / "data" / "sample" / "snapshots").current()
    is_fine = found is not None
    return Checkup(
        "sample",
        is_fine,
        say("The sample county is built")
        if is_fine
        else say("The sample county is not built yet. Run `yitu build data/sample`."),
    )


CHECKS: tuple[Callable[[], Checkup], ...] = (
    _python,
    _database,
    _package("streamlit"),
    _package("geopandas"),
    _divisions,
    _browser_files,
    _temporary_folder,
    _disk,
    _sample,
)
