"""Begins a place: its folder, a sources.toml to fill in, and a folder for the files."""

from __future__ import annotations

from pathlib import Path

from etl.divisions import find_division
from etl.manifest import FILE_NAME
from etl.sources import NOUNS
from wording import Refusal, mark, say

# One line of a table of TOML may not be broken, and a name may hold any sign.
QUOTED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": " "})

SETTINGS = mark(
    "Where the place lies: county = a 6-digit code or name (or several), or boundary = a file with its outline."
)
SOURCES = mark(
    "One [[source]] for each kind of file. Take the # away, put the file into the folder files and name it here."
)
DATUM = mark("datum: wgs84, cgcs2000, gcj02 (Amap, Tencent), bd09 (Baidu), or auto to find out.")
COLUMNS = mark("Headings are recognised by themselves; one that isn't is named under [source.columns].")


def begin_place(place: Path, counties: list[str], name: str = "") -> Path:
    """Write the place's sources.toml; one that exists is never touched."""
    manifest = place / FILE_NAME
    if manifest.exists():
        raise Refusal("{file} exists already. Edit it, or choose another folder.", file=manifest)
    divisions = [find_division(county) for county in counties]
    shown = name or "、".join(division.name for division in divisions) or place.resolve().name
    codes = ", ".join(f'"{division.code}"' for division in divisions)
    lines = [
        f"# {say(SETTINGS)}",
        "[place]",
        f'name = "{shown.translate(QUOTED)}"',
        f"county = [{codes}]" if codes else 'boundary = "files/boundary.geojson"',
        "",
        f"# {say(SOURCES)}",
        f"# {say(DATUM)}",
        f"# {say(COLUMNS)}",
        *(line for noun in NOUNS for line in _example(noun)),
    ]
    try:
        (place / "files").mkdir(parents=True, exist_ok=True)
        manifest.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as fault:
        raise Refusal("{folder} cannot be written to: {fault}.", folder=place, fault=fault.strerror or fault) from fault
    return manifest


def _example(noun: str) -> list[str]:
    return [
        "", "# [[source]]", f'# noun = "{noun}"',
        f'# files = "files/{noun}.xlsx"', '# publisher = ""', '# licence = ""',
        "# received_on = 2026-01-31", '# datum = "auto"',
    ]  # fmt: skip
