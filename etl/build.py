"""The order of the work: manifest, boundary, nouns, what follows from them, and the snapshot at the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import duckdb
from shapely.geometry.base import BaseGeometry

from etl.boundary import area_around, boundary_of
from etl.contract import create_table
from etl.derived.cells import lay_cells
from etl.derived.corridors import lay_corridors
from etl.derived.findings import find_between_rows
from etl.derived.on_map import draw_on_map
from etl.derived.repair_shops_earlier import keep_earlier_surveys
from etl.derived.road_network import join_roads
from etl.derived.surroundings import lay_surroundings
from etl.derived.tracks import follow_tracks
from etl.derived.tracks.engines import track_engine
from etl.divisions import counties_of, find_divisions
from etl.intake import STREAMED_FROM_BYTES, Intake
from etl.manifest import Manifest, read_manifest
from etl.origins import SourceRecord, write_origins, write_sources
from etl.progress import Progress, Silence
from etl.projection import LocalProjection
from etl.shapes import Area
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import is_sound, open_snapshot
from etl.snapshot_draft import Draft
from etl.sources import NOUNS
from etl.sql_files import read_sql
from etl.vocabulary import codes_by_word
from wording import Message, Refusal, mark

KEY_FILE = "pseudonym.key"
KEY_BYTES = 32
SPACE_PER_INPUT = 4  # a build writes at most about so many times the size of its files
LEAST_SPACE_BYTES = 50_000_000


@dataclass(frozen=True)
class BuildResult:
    """What a build made, and the sources refused as a whole."""

    snapshot: Path
    refusals: dict[str, Message]
    took_s: float


def build_place(
    folder: Path,
    *,
    progress: Progress | None = None,
    also: tuple[Path, ...] = (),
    streamed_from_bytes: int = STREAMED_FROM_BYTES,
    snapshots_in: Path | None = None,
    anyway: bool = False,
    engine: str = "",
    pings: str = "",
) -> BuildResult:
    """Build a place's next snapshot and put it in force; a rehearsal is one put into another folder.

    `engine` reads the tracks instead of the embedded database, from `pings` or from what the snapshot holds.
    """
    manifest = read_manifest(folder)
    snapshots = _snapshot_folder(snapshots_in or folder)
    readable = (folder.resolve(), *(path.resolve() for path in also))
    with snapshots.building(needed_bytes=_needed_bytes(folder), readable=readable) as draft:
        started = time.monotonic()
        records = fill(draft, manifest, progress or Silence(), also, streamed_from_bytes, (engine, pings))
        if not anyway:
            _refuse_to_lose_rows(snapshots.current(), records)
        snapshot = draft.publish(_rows_of(draft.database))
        return BuildResult(snapshot, _refusals(records), time.monotonic() - started)


def _snapshot_folder(folder: Path) -> SnapshotFolder:
    path = folder / "snapshots"
    try:
        path.mkdir(exist_ok=True)
    except OSError as fault:
        raise Refusal(
            "{folder} cannot be written to: {fault}.", folder=folder, fault=fault.strerror or fault
        ) from fault
    return SnapshotFolder(path)


# What planning keeps in the place's folder, and no build reads.
_OF_PLANNING = frozenset({"snapshots", "scenarios", "standards.toml"})


def inputs_digest(folder: Path, also: tuple[Path, ...] = ()) -> str:
    """A sign of all that a build of the place would read: it changes when a file or the product does."""
    sign = hashlib.sha256(version("yitu").encode())
    for code in sorted(Path(__file__).parent.rglob("*")):
        if code.suffix in {".py", ".sql", ".toml"}:
            sign.update(code.read_bytes())
    for root in (folder, *also):
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            name = file.relative_to(root)
            if name.parts[0] in _OF_PLANNING:
                continue
            stamp = file.stat()
            sign.update(f"{name.as_posix()}\0{stamp.st_size}\0{stamp.st_mtime_ns}\0".encode())
    return sign.hexdigest()


def _needed_bytes(folder: Path) -> int:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and "snapshots" not in file.parts)
    return max(LEAST_SPACE_BYTES, size * SPACE_PER_INPUT)


def fill(
    draft: Draft,
    manifest: Manifest,
    progress: Progress,
    also: tuple[Path, ...] = (),
    streamed_from_bytes: int = STREAMED_FROM_BYTES,
    tracks_by: tuple[str, str] = ("", ""),
) -> list[SourceRecord]:
    """Fill a draft with everything that a snapshot holds."""
    database = draft.database
    started_at, started = (
        dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).replace(tzinfo=None),
        time.monotonic(),
    )
    pseudonym_key(manifest.folder)  # one of the inputs, made at the first build
    inputs = inputs_digest(manifest.folder, also)  # before anything is read: what changes later is built again
    boundary = boundary_of(manifest, also)
    area = area_around(boundary, manifest.place.margin_km)
    prepare(database, manifest.folder, area)
    database.execute(read_sql("etl", "bookkeeping"))
    records = [SourceRecord(number, source) for number, source in enumerate(manifest.sources, start=1)]
    intake = Intake(
        database=database,
        folder=manifest.folder.resolve(),
        also=also,
        boundary=boundary,
        area=area,
        districts=lambda: _districts(manifest.place.counties),
        spill_folder=draft.spill_folder,
        progress=progress,
        streamed_from_bytes=streamed_from_bytes,
    )
    contracts = {name: create_table(database, noun) for name, noun in NOUNS.items()}
    for name, contract in contracts.items():
        intake.take_in(contract, [record for record in records if record.source.noun == name])
    write_sources(database, records)
    write_origins(database, intake.origins)
    keep_earlier_surveys(database)
    progress.begin(Message(mark("Laying the analysis cells")))
    projection = LocalProjection.around(boundary)
    _write_build(database, manifest, boundary, projection, started_at, inputs)
    lay_cells(database, boundary, projection, manifest.place.cell_size_m)
    progress.begin(Message(mark("Joining the roads into a network")))
    join_roads(database, projection)
    lay_corridors(database, projection)
    progress.begin(Message(mark("Following the trucks' tracks")))
    engine = track_engine(database, *tracks_by, draft.spill_folder)
    follow_tracks(database, projection, area, manifest.place.cell_size_m, engine)
    progress.begin(Message(mark("Preparing the map")))
    lay_surroundings(database, boundary, manifest.place.counties)
    draw_on_map(database)
    progress.begin(Message(mark("Looking for overlaps, holes and orphans")))
    find_between_rows(database, boundary, projection)
    database.execute("update build set took_s = $took", {"took": time.monotonic() - started})
    return records


def prepare(database: duckdb.DuckDBPyConnection, folder: Path, area: Area) -> None:
    """Teach the database the words, the area and the place's key."""
    database.execute(read_sql("etl", "macros"))
    inner, outer = _key_pads(pseudonym_key(folder))
    database.execute(f"set variable vocabulary = {_map_literal(codes_by_word())}")
    variables = {
        "key_inner": inner, "key_outer": outer,
        "area_west": area.west, "area_south": area.south, "area_east": area.east, "area_north": area.north,
    }  # fmt: skip
    for name, value in variables.items():
        database.execute(f"set variable {name} = $value", {"value": value})


def _map_literal(lists: dict[str, dict[str, str]]) -> str:
    def text(word: str) -> str:
        return "'" + word.replace("'", "''") + "'"

    inner = (
        f"{text(name)}: map {{{', '.join(f'{text(word)}: {text(code)}' for word, code in words.items())}}}"
        for name, words in lists.items()
    )
    return f"map {{{', '.join(inner)}}}"


def pseudonym_key(folder: Path) -> bytes:
    """The place's own key, made at its first build; whoever loses it gets new pseudonyms."""
    path = folder / KEY_FILE
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
    except OSError as fault:
        raise Refusal(
            "{folder} cannot be written to: {fault}.", folder=folder, fault=fault.strerror or fault
        ) from fault
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except ValueError as fault:
        raise Refusal(
            "{file} is damaged. Put back the copy you keep, or delete it to begin with a new key.", file=path
        ) from fault


def _key_pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer pads of HMAC-SHA256, so that SQL can compute it."""
    block = key.ljust(hashlib.sha256().block_size, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


@cache
def _districts(counties: tuple[str, ...]) -> dict[str, BaseGeometry]:
    """The outlines of all counties of the place's cities, by name: points that name theirs are evidence."""
    cities = {division.city_code or division.code for division in find_divisions(*counties)} if counties else set()
    return {county.name: county.outline for city in find_divisions(*sorted(cities)) for county in counties_of(city)}


def _write_build(
    database: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    boundary: BaseGeometry,
    projection: LocalProjection,
    started_at: dt.datetime,
    inputs: str,
) -> None:
    place = manifest.place
    database.execute(
        "insert into build values ($name, $name_en, $made_up, $counties, $version, $inputs, $started_at, null, "
        "$cell_size_m, $projection, st_geomfromwkb($boundary))",
        {
            "name": place.name,
            "name_en": place.name_en,
            "made_up": place.is_made_up,
            "counties": list(place.counties) or None,
            "version": version("yitu"),
            "inputs": inputs,
            "started_at": started_at,
            "cell_size_m": place.cell_size_m,
            "projection": projection.proj_string,
            "boundary": boundary.wkb,
        },
    )


def _rows_of(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = database.execute("select table_name from duckdb_tables() where not temporary and not internal").fetchall()
    counts = {}
    for (table,) in tables:
        found = database.execute(f"select count(*) from {table}").fetchone()
        counts[table] = int(found[0]) if found else 0
    return counts


def _refuse_to_lose_rows(in_force: Path | None, records: list[SourceRecord]) -> None:
    """A mistyped file name must not put an empty table in the place of a good one."""
    if in_force is None or not is_sound(in_force):
        return
    earlier = open_snapshot(in_force)
    rows = dict(
        earlier.execute(
            "select sources.name, sum(origins.kept_rows) from origins join sources using (source_id) "
            "group by sources.name"
        ).fetchall()
    )
    earlier.close()
    for record in records:
        if record.refusal is not None and rows.get(record.source.name):
            raise Refusal(
                "{source} brought {before} rows before and is refused now ({refusal}), so the last snapshot stays in "
                "force. Mend it, or build with --anyway to do without it.",
                source=record.source.name,
                before=int(rows[record.source.name]),
                refusal=record.refusal,
            )


def _refusals(records: list[SourceRecord]) -> dict[str, Message]:
    return {record.source.name: record.refusal for record in records if record.refusal is not None}
