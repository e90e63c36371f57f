"""sources.toml: read whole, and everything wrong with it said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.manifest import read_manifest
from wording import Refusal

WELL = """
[place]
name = "泾川县"
county = "620821"
[[source]]
noun = "stations"
files = "files/驿站.xlsx"
received_on = 2026-03-02
datum = "GCJ-02"
[source.columns]
name = "驿站全称"
"""


def manifest(folder: Path, text: str) -> Path:
    (folder / "sources.toml").write_text(text, "utf-8")
    return folder


def test_a_manifest_in_order(tmp_path: Path) -> None:
    found = read_manifest(manifest(tmp_path, WELL))
    (source,) = found.sources
    assert (source.name, source.noun, source.datum, source.columns) == (
        "stations",
        "stations",
        "gcj02",
        {"name": "驿站全称"},
    )
    assert (found.place.cell_size_m, found.place.margin_km, found.place.is_made_up) == (500.0, 100.0, False)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = WELL.replace('datum = "GCJ-02"', 'datum = "mars"').replace(
        "received_on = 2026-03-02", 'received_on = "soon"'
    )
    text += '[[source]]\nnoun = "starships"\nfiles = "x"\n[[source]]\nnoun = "grids"\nsheets = "a"\n'
    with pytest.raises(Refusal) as refused:
        read_manifest(manifest(tmp_path, text))
    for part in ("mars", "soon", "starships", "sheets", "files"):
        assert part in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["[place", '[place]\nname = "x"\n', WELL.replace("[source.columns]\nname", "[source.columns]\nnames"), "source = 3\n" + WELL.split("[[", maxsplit=1)[0],
     WELL.replace('county = "620821"', 'county = "620821"\ncell_size_m = -5')],
)  # fmt: skip
def test_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match=r"sources\.toml"):
        read_manifest(manifest(tmp_path, text))


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    text = WELL + '[[source]]\nnoun = "stations"\nfiles = "b.csv"\n'
    with pytest.raises(Refusal, match="stations"):
        read_manifest(manifest(tmp_path, text))


def test_a_folder_without_manifest_is_told_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="yitu init"):
        read_manifest(tmp_path)
