"""The order in which a place is begun: all is made in a folder of its own and moved over once it is complete."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from etl.boundary import area_around
from etl.manifest import FILE_NAME
from etl.new_place.manifest_text import manifest_text
from etl.new_place.outline import outline_of
from etl.osm.coverage import coverage_note
from etl.osm.extraction import OsmCounts, extract_osm
from etl.osm.osm_objects import OsmFile
from etl.progress import Progress, Silence
from etl.templates.ledgers import LEDGERS
from etl.templates.workbook import write_template
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

OSM_MARGIN_KM: Final = 30.0  # trucks drive round by the neighbours' roads, and their stations serve the place too


@dataclass(frozen=True)
class Wanted:
    """What the command asks for."""

    counties: Sequence[str] = ()
    provinces: Sequence[str] = ()
    boundary: Path | None = None
    osm: Path | None = None
    name: str = ""


@dataclass(frozen=True)
class Begun:
    """What was written, and what there is to say of it."""

    manifest: Path
    templates: list[Path]
    counts: OsmCounts | None = None
    notes: list[Message] = field(default_factory=list)


def begin_place(place: Path, wanted: Wanted, progress: Progress | None = None) -> Begun:
    """Write the place's files and its sources.toml; a place that has one already is never touched."""
    manifest = place / FILE_NAME
    if manifest.exists():
        raise Refusal("{file} exists already. Edit it, or choose another folder.", file=manifest)
    if wanted.osm is not None and not wanted.osm.is_file():
        raise Refusal("There is no file {file}.", file=wanted.osm)
    with tempfile.TemporaryDirectory(prefix="yitu-init-") as folder:
        staging = Path(folder).resolve()
        (staging / "files").mkdir()
        osm = OsmFile(wanted.osm) if wanted.osm is not None else None
        outline = outline_of(list(wanted.counties), list(wanted.provinces), wanted.boundary, osm, staging)
        counts, notes = None, [outline.note] if outline.note else []
        if osm is not None and outline.shape is not None:
            area = area_around(outline.shape, OSM_MARGIN_KM)
            counts = extract_osm(osm, area, staging / "files", progress or Silence())
            notes += coverage_note(osm, outline.shape)
        templates = [write_template(staging / "files", ledger) for ledger in LEDGERS]
        text = manifest_text(
            wanted.name or outline.name or place.resolve().name, outline,
            list(counts.rows) if counts else [], _received_on(wanted.osm),
        )  # fmt: skip
        (staging / FILE_NAME).write_text(text, "utf-8")
        _move(staging, place, {path.name for path in templates})
    return Begun(manifest, [place / "files" / path.name for path in templates], counts, notes)


def _received_on(osm: Path | None) -> dt.date | None:
    """The day on which the file was last written: when it was downloaded, or copied here."""
    return None if osm is None else dt.datetime.fromtimestamp(osm.stat().st_mtime).astimezone().date()


def _move(staging: Path, place: Path, keeping: set[str]) -> None:
    """Into the place, sources.toml last; a workbook of one of the names in `keeping` may be filled in already."""
    try:
        (place / "files").mkdir(parents=True, exist_ok=True)
        for file in sorted((staging / "files").iterdir()):
            target = place / "files" / file.name
            if not (file.name in keeping and target.exists()):
                shutil.move(file, target)
        shutil.move(staging / FILE_NAME, place / FILE_NAME)
    except OSError as fault:
        raise Refusal("{folder} cannot be written to: {fault}.", folder=place, fault=fault.strerror or fault) from fault
