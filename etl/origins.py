"""Where rows came from: each sheet, layer or file that was read, and what became of its rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.headings import HeadingMap
from etl.manifest import Source
from wording import Message


@dataclass
class Origin:
    """One sheet, layer or file of a source."""

    origin_id: int
    source_id: int
    noun: str
    file: str
    sheet: str | None
    size_bytes: int
    sha256: str
    headings: HeadingMap
    crs: str | None
    datum: str | None
    notes: list[Message] = field(default_factory=list)
    read_rows: int = 0
    merged_rows: int = 0
    is_streamed: bool = False


@dataclass
class SourceRecord:
    """What became of a source as a whole."""

    source_id: int
    source: Source
    datum: str | None = None
    found_by: Message | None = None
    refusal: Message | None = None


def file_name(path: Path, folder: Path) -> str:
    """A file's name as shown: its path inside the place."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def write_sources(database: duckdb.DuckDBPyConnection, records: list[SourceRecord]) -> None:
    for record in records:
        source = record.source
        database.execute(
            "insert into sources values "
            "($id, $name, $noun, $publisher, $licence, $received_on, $datum, $found_by, $refusal)",
            {
                "id": record.source_id,
                "name": source.name,
                "noun": source.noun,
                "publisher": source.publisher,
                "licence": source.licence,
                "received_on": source.received_on,
                "datum": record.datum,
                "found_by": record.found_by.to_json() if record.found_by else None,
                "refusal": record.refusal.to_json() if record.refusal else None,
            },
        )


def write_origins(database: duckdb.DuckDBPyConnection, origins: list[Origin]) -> None:
    """Record each origin with its tally; the table itself asserts that every row is accounted for."""
    for origin in origins:
        kept, rejected, repaired = (_count(database, query.format(noun=origin.noun), origin) for query in _TALLIES)
        database.execute(
            "insert into origins values ($id, $source_id, $file, $sheet, $size, $sha256, $headings, $unused, $read, "
            "$kept, $rejected, $merged, $repaired, $notes)",
            {
                "id": origin.origin_id,
                "source_id": origin.source_id,
                "file": origin.file,
                "sheet": origin.sheet,
                "size": origin.size_bytes,
                "sha256": origin.sha256,
                "headings": json.dumps(origin.headings.used, ensure_ascii=False),
                "unused": list(origin.headings.unused),
                "read": origin.read_rows,
                "kept": kept,
                "rejected": rejected,
                "merged": origin.merged_rows,
                "repaired": repaired,
                "notes": [note.to_json() for note in origin.notes],
            },
        )


_TALLIES = (
    "select count(*) from {noun} where origin_id = $origin",
    "select count(*) from rejects where origin_id = $origin",
    "select count(distinct row_number) from repairs where origin_id = $origin and row_number is not null",
)


def _count(database: duckdb.DuckDBPyConnection, query: str, origin: Origin) -> int:
    found = database.execute(query, {"origin": origin.origin_id}).fetchone()
    return int(found[0]) if found else 0
