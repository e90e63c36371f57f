"""The text of a new place's sources.toml: what is there already is named, what may come stands behind a #."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from etl.new_place.outline import Outline
from etl.noun import Shape
from etl.osm.extraction import file_of
from etl.sources import NOUNS
from etl.templates.ledgers import LEDGERS, Ledger
from wording import mark, say

# One line of a table of TOML may not be broken, and a name may hold any sign.
_QUOTED: Final = str.maketrans({'"': '\\"', "\\": "\\\\", **{chr(code): " " for code in range(32)}, "\x7f": " "})

_SETTINGS: Final = mark(
    "Where the place lies: county = a 6-digit code or name (or several), or boundary = a file with its outline."
)
_OSM: Final = mark("From OpenStreetMap. Its licence asks that its name stands on every map.")
_TEMPLATES: Final = mark("Workbooks to fill in. An empty one brings no rows and does no harm.")
_SOURCES: Final = mark(
    "One [[source]] for each kind of file. Take the # away, put the file into the folder files and name it here."
)
_DATUM: Final = mark("datum: wgs84, cgcs2000, gcj02 (Amap, Tencent), bd09 (Baidu), or auto to find out.")
_COLUMNS: Final = mark("Headings are recognised by themselves; one that isn't is named under [source.columns].")
_GRIDS: Final = mark("Grids need their shapes: a shapefile, GeoPackage or GeoJSON with their codes, posts and units.")

OSM_PUBLISHER: Final = "OpenStreetMap contributors"
OSM_LICENCE: Final = "ODbL-1.0"
_OSM_NAMES: Final = {
    "routes": mark("Roads (OpenStreetMap)"),
    "resources": mark("Resources (OpenStreetMap)"),
    "repair_shops": mark("Repair shops (OpenStreetMap)"),
    "places": mark("Villages and towns (OpenStreetMap)"),
    "rivers": mark("Rivers (OpenStreetMap)"),
}


def manifest_text(name: str, outline: Outline, osm_nouns: Collection[str], osm_received_on: dt.date | None) -> str:
    codes = ", ".join(f'"{code}"' for code in outline.county_codes)
    lines = [
        f"# {say(_SETTINGS)}",
        "[place]",
        f"name = {_quoted(name)}",
        f"county = [{codes}]" if codes else f"boundary = {_quoted(outline.boundary_file or '')}",
        *(_of_osm(osm_nouns, osm_received_on) if osm_nouns else ()),
        "",
        f"# {say(_TEMPLATES)}",
        *(line for ledger in LEDGERS for line in _of_template(ledger)),
        "",
        f"# {say(_SOURCES)}",
        f"# {say(_DATUM)}",
        f"# {say(_COLUMNS)}",
        *_examples({*osm_nouns, *(ledger.noun.name for ledger in LEDGERS)}),
    ]
    return "\n".join(lines) + "\n"


def _of_osm(nouns: Collection[str], received_on: dt.date | None) -> Iterator[str]:
    yield from ("", f"# {say(_OSM)}")
    for number, noun in enumerate(nouns):
        yield from (
            *([""] if number else []),
            "[[source]]", f'noun = "{noun}"', f"name = {_quoted(say(_OSM_NAMES[noun]))}",
            f'files = "files/{file_of(noun)}"', f'publisher = "{OSM_PUBLISHER}"', f'licence = "{OSM_LICENCE}"',
            *([f"received_on = {received_on:%Y-%m-%d}"] if received_on else []),
            'datum = "wgs84"',
        )  # fmt: skip


def _of_template(ledger: Ledger) -> Iterator[str]:
    is_first = ledger is LEDGERS[0]
    yield from (
        *([] if is_first else [""]),
        "[[source]]", f'noun = "{ledger.noun.name}"', f'name = "{ledger.title}"', f'files = "files/{ledger.file}"',
        f'sheet = "{ledger.title}"', *([] if ledger.noun.shape is Shape.NONE else ['datum = "auto"']),
        '# publisher = ""', "# received_on = 2026-01-31",
    )  # fmt: skip


def _examples(named: Collection[str]) -> Iterator[str]:
    for noun in NOUNS:
        if noun in named:
            continue
        if noun == "grids":
            yield from ("", f"# {say(_GRIDS)}")
        suffix = "gpkg" if noun == "grids" else "xlsx"
        yield from (
            "", "# [[source]]", f'# noun = "{noun}"', f'# files = "files/{noun}.{suffix}"',
            '# publisher = ""', '# licence = ""', "# received_on = 2026-01-31", '# datum = "auto"',
        )  # fmt: skip


def _quoted(text: str) -> str:
    return f'"{text.translate(_QUOTED)}"'
