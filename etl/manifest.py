"""`sources.toml`: the place, and what to read, from whom, in which datum."""

from __future__ import annotations

import datetime as dt
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.datum import Datum
from etl.sources import NOUNS
from wording import Refusal

FILE_NAME = "sources.toml"
AUTO = "auto"
DEFAULT_CELL_SIZE_M = 500.0
DEFAULT_MARGIN_KM = 100.0

PLACE_SETTINGS = {"name", "name_en", "county", "boundary", "made_up", "cell_size_m", "margin_km"}
SOURCE_SETTINGS = {
    "noun", "name", "files", "sheet", "publisher", "licence", "received_on", "datum", "crs", "columns",
}  # fmt: skip


@dataclass(frozen=True)
class PlaceSettings:
    """The `[place]` table."""

    name: str
    name_en: str | None
    counties: tuple[str, ...]
    boundary_file: str | None
    is_made_up: bool
    cell_size_m: float
    margin_km: float


@dataclass(frozen=True)
class Source:
    """One `[[source]]` table."""

    name: str
    noun: str
    files: tuple[str, ...]
    sheet: str | None = None
    publisher: str | None = None
    licence: str | None = None
    received_on: dt.date | None = None
    datum: str = Datum.WGS84
    crs: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """A place's `sources.toml`, read and found in order."""

    folder: Path
    place: PlaceSettings
    sources: tuple[Source, ...]


def read_manifest(folder: Path) -> Manifest:
    """Read a place's manifest; everything wrong with it is said at once."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise Refusal(
            "{folder} has no {file}. Run `yitu init {folder}` to begin a place there.",
            folder=folder,
            file=FILE_NAME,
        )
    try:
        written = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refusal(
            "{file} cannot be read: {fault}. Save it as UTF-8 and mend that line.", file=path, fault=fault
        ) from fault
    faults: list[str] = []
    _unknown_settings(written, {"place", "source"}, FILE_NAME, faults)
    place = _place(written.get("place", {}), folder, faults)
    sources = tuple(
        source
        for number, entry in enumerate(_tables(written.get("source", []), faults), start=1)
        if (source := _source(entry, number, faults)) is not None
    )
    _refuse_doubles(sources, faults)
    if faults:
        raise Refusal("{file} needs mending: {faults}", file=path, faults="; ".join(faults))
    return Manifest(folder, place, sources)


def _tables(entries: object, faults: list[str]) -> list[dict[str, Any]]:
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    faults.append("[[source]] ?")
    return []


def _refuse_doubles(sources: tuple[Source, ...], faults: list[str]) -> None:
    names = [source.name for source in sources]
    faults.extend(f"name = {name!r} × {names.count(name)}" for name in sorted(set(names)) if names.count(name) > 1)


def _unknown_settings(entry: dict[str, Any], allowed: set[str], where: str, faults: list[str]) -> None:
    faults.extend(f"{where}: {setting} ?" for setting in entry if setting not in allowed)


def _text(entry: dict[str, Any], setting: str, where: str, faults: list[str]) -> str | None:
    value = entry.get(setting)
    if value is None or isinstance(value, str):
        return value
    faults.append(f'{where}: {setting} = {value!r} ≠ "…"')
    return None


def _number(entry: dict[str, Any], setting: str, default: float, faults: list[str]) -> float:
    value = entry.get(setting, default)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e5:
        return float(value)
    faults.append(f"[place]: {setting} = {value!r} ?")
    return default


def _texts(value: object, where: str, faults: list[str]) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
        return tuple(listed)
    faults.append(f'{where} = {value!r} ≠ "…"')
    return ()


def _place(entry: dict[str, Any], folder: Path, faults: list[str]) -> PlaceSettings:
    _unknown_settings(entry, PLACE_SETTINGS, "[place]", faults)
    counties = _texts(entry.get("county", []), "[place]: county", faults)
    boundary_file = _text(entry, "boundary", "[place]", faults)
    if bool(counties) == bool(boundary_file):
        faults.append('[place]: county = "620821" | boundary = "boundary.geojson"')
    return PlaceSettings(
        name=_text(entry, "name", "[place]", faults) or folder.resolve().name,
        name_en=_text(entry, "name_en", "[place]", faults),
        counties=counties,
        boundary_file=boundary_file,
        is_made_up=entry.get("made_up", False) is True,
        cell_size_m=_number(entry, "cell_size_m", DEFAULT_CELL_SIZE_M, faults),
        margin_km=_number(entry, "margin_km", DEFAULT_MARGIN_KM, faults),
    )


def _source(entry: dict[str, Any], number: int, faults: list[str]) -> Source | None:
    where = f"[[source]] {number}"
    _unknown_settings(entry, SOURCE_SETTINGS, where, faults)
    noun = entry.get("noun")
    if not isinstance(noun, str) or noun not in NOUNS:
        faults.append(f"{where}: noun = {noun!r}; {' '.join(NOUNS)}")
        return None
    files = _texts(entry.get("files", []), f"{where}: files", faults)
    if not files:
        faults.append(f'{where}: files = "…"')
    return Source(
        name=_text(entry, "name", where, faults) or noun,
        noun=noun,
        files=files,
        sheet=_text(entry, "sheet", where, faults),
        publisher=_text(entry, "publisher", where, faults),
        licence=_text(entry, "licence", where, faults),
        received_on=_date(entry, where, faults),
        datum=_datum(entry, where, faults),
        crs=_text(entry, "crs", where, faults),
        columns=_columns(entry, noun, where, faults),
    )


def _date(entry: dict[str, Any], where: str, faults: list[str]) -> dt.date | None:
    value = entry.get("received_on")
    if isinstance(value, str):
        with suppress(ValueError):
            value = dt.date.fromisoformat(value)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    faults.append(f"{where}: received_on = {value!r}; 2026-03-02")
    return None


def _datum(entry: dict[str, Any], where: str, faults: list[str]) -> str:
    value = str(entry.get("datum", AUTO)).lower().replace("-", "")
    if value == AUTO or value in set(Datum):
        return value
    faults.append(f"{where}: datum = {value!r}; auto {' '.join(Datum)}")
    return AUTO


def _columns(entry: dict[str, Any], noun: str, where: str, faults: list[str]) -> dict[str, str]:
    columns = entry.get("columns", {})
    known = NOUNS[noun].written_columns
    if not isinstance(columns, dict) or not all(isinstance(heading, str) for heading in columns.values()):
        faults.append(f'{where}: [source.columns] {noun}_name = "…"')
        return {}
    faults.extend(
        f"{where}: [source.columns] {column} ?; {' '.join(known)}" for column in columns if column not in known
    )
    return {column: heading for column, heading in columns.items() if column in known}
