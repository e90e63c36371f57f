"""The corridors in the terminal, and the heat as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planning.atlas import open_atlas
from planning.corridors.corridor_features import corridor_features
from planning.corridors.report import as_json, corridor_reports
from planning.data_health import build_facts
from planning.freight_heat import CARGOES, DAY_KINDS, TABLES, heat
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from planning.features import Features
    from planning.freight_heat import Cargo, DayKind, HeatOf

SUFFIXES = ("parquet", "gpkg")
_SHOWN = (
    "ref", "direction", "length_km", "stations", "longest_gap_km", "chain_km", "longest_drive_min",
    "over_4h_spells_pct", "uncovered_truck_km_per_day",
)  # fmt: skip


def corridor_answer(place: Path) -> dict[str, Any]:
    """The corridors for programs, and the build they are of."""
    atlas = open_atlas(place)
    return {"corridors": [as_json(one) for one in corridor_reports(atlas)], "build": atlas.build_id}


def show_corridors(place: Path) -> None:
    """One line a corridor and direction."""
    found = corridor_features(open_atlas(place))
    table = Table(box=None, pad_edge=False)
    for name in _SHOWN:
        is_text = name in {"ref", "direction"}
        table.add_column(found.column(name).heading, justify="left" if is_text else "right")
    for row in found.table.to_pylist():
        table.add_row(*(Text(_shown(found, name, row)) for name in _SHOWN))
    Console(highlight=False).print(table)


def write_heat(place: Path, file: Path, of: str, day_kind: str, cargo: str) -> int:
    """The heat as GeoParquet or GeoPackage, by the name of the file; how many rows it has."""
    suffix = file.suffix.lower().lstrip(".")
    if suffix not in SUFFIXES:
        names = ", ".join(f".{one}" for one in SUFFIXES)
        raise Refusal("{file}: the name must end in one of {suffixes}.", file=file, suffixes=names)
    atlas = open_atlas(place)
    for name, word, known in (("of", of, [*TABLES]), ("day", day_kind, [*DAY_KINDS]), ("cargo", cargo, [*CARGOES])):
        if word not in known:
            raise Refusal("“{word}” is none of {known}: see --{name}.", word=word, known=", ".join(known), name=name)
    found = heat(atlas, cast("HeatOf", of), cast("DayKind", day_kind), cast("Cargo", cargo))
    file.write_bytes(_as_geopackage(found, place) if suffix == "gpkg" else _as_parquet(found))
    return int(found.table.num_rows)


def _as_geopackage(found: Features, place: Path) -> bytes:
    from dashboard.exports.feature_files import feature_file  # noqa: PLC0415  (a second of imports)

    atlas = open_atlas(place)
    facts = build_facts(atlas)
    return feature_file(
        found, "gpkg", place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=atlas.build_id,
        built_at=facts.started_at,
    )  # fmt: skip


def _as_parquet(found: Features) -> bytes:
    from io import BytesIO  # noqa: PLC0415

    from planning.frames import frame  # noqa: PLC0415

    written = BytesIO()
    frame(found).to_parquet(written)
    return written.getvalue()


def _shown(found: Features, name: str, row: dict[str, Any]) -> str:
    text = found.column(name).shown(row[name])
    is_bound = name == "uncovered_truck_km_per_day" and row["is_lower_bound"] and row[name]
    return f"≥ {text}" if is_bound else text
