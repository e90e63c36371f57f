"""A place of a few kilometres around Jingchuan, made in a temporary folder, and what a build makes of its files."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from etl.build import build_place
from etl.snapshot_check import open_snapshot
from wording import Message

WEST, SOUTH, EAST, NORTH = 107.30, 35.28, 107.42, 35.38
HIDDEN_TEXT = "BEGIN-OF-THE-MACHINES-OWN-FILE"
HIDDEN_FILE = "file_of_the_machine.txt"
PERSON, PHONE, PLATE, IDENTITY = "牛得草", "13909331234", "甘L73519", "622722197608121214"
PERSONAL_TEXTS = (PERSON, PHONE, PLATE, IDENTITY)
MOST_SECONDS = 10.0  # of the processor: what a clock says hangs on what else the machine does


@dataclass
class Outcome:
    """What the snapshot says after a build."""

    rows: list[tuple[Any, ...]]
    rejected: list[tuple[int, tuple[str, ...]]]
    repaired: dict[str, int]
    refusal: str | None
    notes: str
    tallies: list[tuple[int, int, int, int]]
    datum: str | None
    found_by: str
    unused: list[str]
    texts: list[str] = field(repr=False)
    took_s: float = 0.0


@dataclass(frozen=True)
class Expected:
    """What must come of a file; what is not named must not occur."""

    query: str = ""
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)  # row → rules, apart by blanks
    repaired: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()  # words of the sentence
    noted: tuple[str, ...] = ()
    merged: int = 0
    named: str | None = None  # where the sentence names something else than the file

    def hold(self, outcome: Outcome, file: str) -> None:
        """Assert that the outcome is this one."""
        if self.refused:
            assert outcome.refusal is not None, outcome
            for word in (self.named or file, *self.refused):
                assert word in outcome.refusal
            assert (outcome.rows, outcome.rejected) == ([], [])
            return
        assert outcome.refusal is None
        assert outcome.rows == self.rows
        assert dict(outcome.rejected) == {row: tuple(sorted(rules.split())) for row, rules in self.rejected.items()}
        assert outcome.repaired == self.repaired
        assert sum(merged for *_, merged in outcome.tallies) == self.merged
        for word in self.noted:
            assert word in outcome.notes


@dataclass
class TinyPlace:
    """A place's folder with its boundary, a secret beside it, and sources added one by one."""

    folder: Path
    sources: list[str] = field(default_factory=list)
    outline: str = 'boundary = "boundary.geojson"'
    cell_size_m: float = 2_000.0

    @classmethod
    def begin(cls, folder: Path, box: tuple[float, float, float, float] = (WEST, SOUTH, EAST, NORTH)) -> TinyPlace:
        """A place between these degrees: west, south, east, north."""
        place = cls(folder / "place")
        place.folder.mkdir(parents=True)
        (folder / HIDDEN_FILE).write_text(f"名称,经度,纬度\n{HIDDEN_TEXT},107.36,35.33\n", "utf-8")
        west, south, east, north = box
        corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        outline = {"type": "Polygon", "coordinates": [corners]}
        (place.folder / "boundary.geojson").write_text(json.dumps(outline), "utf-8")
        return place

    def add(self, noun: str, files: str, **settings: Any) -> None:
        """A further source; `columns` may map the contract's columns to headings."""
        columns = settings.pop("columns", {})
        said = {"noun": noun, "files": files, "datum": "wgs84", **settings}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
        mapped = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in columns.items()]
        self.sources.append("\n".join(["[[source]]", *lines, *(["[source.columns]", *mapped] if mapped else [])]))

    def write_manifest(self) -> None:
        head = f'[place]\nname = "小地方"\n{self.outline}\ncell_size_m = {self.cell_size_m}\n'
        (self.folder / "sources.toml").write_text("\n\n".join([head, *self.sources]) + "\n", "utf-8")

    def build(self, query: str = "", **options: Any) -> Outcome:
        """Build in this process and read back what came of it."""
        self.write_manifest()
        started = time.process_time()
        snapshot = build_place(self.folder, **options).snapshot
        assert snapshot is not None
        outcome = read_outcome(snapshot, query)
        outcome.took_s = time.process_time() - started
        assert outcome.took_s <= MOST_SECONDS
        return outcome


def read_outcome(snapshot: Path, query: str = "") -> Outcome:
    """What stands in a snapshot; rows are accounted for, and nothing secret or personal is in it."""
    with open_snapshot(snapshot) as database:
        outcome = _read(database, query)
    for read, kept, rejected, merged in outcome.tallies:
        assert read == kept + rejected + merged
    for text in outcome.texts:
        assert HIDDEN_TEXT not in text
        assert not any(one in text for one in PERSONAL_TEXTS), text
    return outcome


def _read(database: duckdb.DuckDBPyConnection, query: str) -> Outcome:
    refusals = [
        Message.from_json(text) for (text,) in _all(database, "select refusal from sources where refusal is not null")
    ]
    notes = [Message.from_json(text) for (texts,) in _all(database, "select notes from origins") for text in texts]
    rejected = _all(database, "select row_number, list_transform(reasons, lambda r: r.rule) from rejects order by all")
    repaired = Counter[str]()
    for rule, count in _all(database, "select rule, row_count from repairs"):
        repaired[rule] += count
    datums = _all(database, "select datum, datum_found_by from sources order by source_id desc limit 1")
    return Outcome(
        rows=_all(database, query) if query else [],
        rejected=[(row, tuple(sorted(rules))) for row, rules in rejected],
        repaired=dict(repaired),
        refusal="\n".join(map(str, refusals)) or None,
        notes="\n".join(map(str, notes)),
        tallies=_all(database, "select read_rows, kept_rows, rejected_rows, merged_rows from origins"),
        datum=datums[0][0] if datums else None,
        found_by=str(Message.from_json(datums[0][1])) if datums and datums[0][1] else "",
        unused=[
            heading for (headings,) in _all(database, "select unused_headings from origins") for heading in headings
        ],
        texts=_all_texts(database),
    )


def _all(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return database.execute(query).fetchall()


def _all_texts(database: duckdb.DuckDBPyConnection) -> list[str]:
    """Every text in every table, lists and records of texts too."""
    columns = _all(
        database,
        "select table_name, column_name from duckdb_columns() where not internal and data_type like '%VARCHAR%'",
    )
    texts: list[str] = []
    for table, column in columns:
        found = _all(database, f'select distinct "{column}"::varchar from "{table}" where "{column}" is not null')
        texts += [text for (text,) in found]
    return texts
