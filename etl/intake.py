"""Takes in the sources of a noun: read, placed, judged. A source that cannot be read is refused, the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from etl.contract import PLACE_COLUMNS, Contract
from etl.datum import Datum
from etl.datum_choice import choose_datum, evidence_so_far, sample_of_rows
from etl.datum_evidence import Evidence, Sample
from etl.headings import HeadingMap, match_headings, score_headings
from etl.judging import create_earlier_rows, judge, judge_streamed
from etl.located_rows import cleaned_sql, locate_rows
from etl.manifest import AUTO
from etl.noun import Noun, Shape
from etl.origins import Origin, SourceRecord, file_name
from etl.position import coordinate_system, placing, register_placing
from etl.progress import Progress
from etl.query_progress import shown_query
from etl.raw_rows import create_raw, take_rows
from etl.reading.open_file import open_tables
from etl.reading.place_paths import files_of, fingerprint
from etl.reading.raw_table import RawTable
from etl.reading.sniffing import FileKind, sniff
from etl.shapes import Area
from etl.snapshot_draft import is_disk_full
from etl.streamed_rows import StreamedFile, count_rows, numbered_past, open_streamed, view_rows
from wording import Message, Refusal, mark

STREAMED_FROM_BYTES = 32_000_000  # below it, the careful reader of small files is quick enough


@dataclass
class Intake:
    """All that taking in needs to know of the place and the build."""

    database: duckdb.DuckDBPyConnection
    folder: Path
    also: tuple[Path, ...]
    boundary: BaseGeometry
    area: Area
    districts: Callable[[], dict[str, BaseGeometry]]
    spill_folder: Path
    progress: Progress
    streamed_from_bytes: int = STREAMED_FROM_BYTES
    origins: list[Origin] = field(default_factory=list)
    last_origin_id: int = 0

    def take_in(self, contract: Contract, records: list[SourceRecord]) -> None:
        """Fill a noun's table from all its sources."""
        noun = contract.noun
        create_raw(self.database, noun)
        create_earlier_rows(self.database, noun)
        self.database.execute(f"drop table if exists {noun.name}_located")
        taken = [origin for record in records for origin in self._take_source(contract, record)]
        gathered = [origin for origin in taken if not origin.is_streamed]
        if gathered:
            merged = judge(self.database, contract)
            for origin in gathered:
                origin.merged_rows = merged.get(origin.origin_id, 0)
        self.database.execute(f"drop table if exists {noun.name}_raw")
        self._note_conversions(noun, taken)
        self.origins += taken

    def _take_source(self, contract: Contract, record: SourceRecord) -> list[Origin]:
        """The origins of one source; none where it is refused as a whole, and then nothing of it stays."""
        taken: list[Origin] = []
        try:
            for pattern in record.source.files:
                for path in files_of(self.folder, pattern, self.also):
                    self._take_file(contract, record, path, taken)
            self._place_gathered(contract, record, [origin for origin in taken if not origin.is_streamed])
        except Refusal as refusal:
            record.refusal = refusal.message
            self._forget(contract.noun, taken)
            return []
        return taken

    def _take_file(self, contract: Contract, record: SourceRecord, path: Path, taken: list[Origin]) -> None:
        file = file_name(path, self.folder.resolve())
        self.progress.begin(Message(mark("Reading {file}"), {"file": file}))
        before = fingerprint(path)
        kind = sniff(path)
        is_large = before[0] >= self.streamed_from_bytes and kind in {FileKind.DELIMITED_TEXT, FileKind.GZIP}
        if contract.noun.streams and (is_large or kind is FileKind.PARQUET):
            self._stream_file(contract, record, path, file, kind, before, taken)
        else:
            self._gather_file(contract, record, path, file, before, taken)
        if fingerprint(path) != before:
            raise Refusal(
                "{file} changed while it was being read. Wait until it is saved, then build again.", file=file
            )

    def _gather_file(
        self,
        contract: Contract,
        record: SourceRecord,
        path: Path,
        file: str,
        before: tuple[int, str],
        taken: list[Origin],
    ) -> None:
        noun, source = contract.noun, record.source
        score = partial(score_headings, noun, source.columns)
        with open_tables(path, file, score, source.sheet) as (tables, file_notes):
            for table in tables:
                where = f"{table.file} · {table.sheet}" if table.sheet else table.file
                headings = match_headings(noun, source.columns, table.columns, where)
                refuse_unfit(contract, table.columns, headings, where, has_geometry=table.has_geometry)
                origin = self._origin(record, table, before, headings)
                taken.append(origin)
                origin.read_rows = take_rows(
                    self.database, noun, table, headings, origin.origin_id, self.progress.advance
                )
                origin.notes = [*file_notes, *table.notes]

    def _origin(self, record: SourceRecord, table: RawTable, before: tuple[int, str], headings: HeadingMap) -> Origin:
        self.last_origin_id += 1
        return Origin(
            origin_id=self.last_origin_id,
            source_id=record.source_id,
            noun=record.source.noun,
            file=table.file,
            sheet=table.sheet,
            size_bytes=before[0],
            sha256=before[1],
            headings=headings,
            datum=table.datum,
            crs=record.source.crs or table.crs,
        )

    def _place_gathered(self, contract: Contract, record: SourceRecord, origins: list[Origin]) -> None:
        """Place the rows, apart for each system that the files declare."""
        noun = contract.noun
        for crs_text, declared in dict.fromkeys((origin.crs, origin.datum) for origin in origins):
            ids = [origin.origin_id for origin in origins if (origin.crs, origin.datum) == (crs_text, declared)]
            crs = coordinate_system(crs_text, next(one.file for one in origins if one.crs == crs_text))
            listed = ", ".join(str(origin_id) for origin_id in ids)
            rows = cleaned_sql(noun, f"select * from {noun.name}_raw where origin_id in ({listed})")
            datum = self._choose(record, noun, rows, crs, declared)
            for origin in origins:
                origin.datum = datum if origin.origin_id in ids else origin.datum
            locate_rows(self.database, contract, ids, crs, datum, placing(crs, datum), self.area)

    def _choose(self, record: SourceRecord, noun: Noun, rows: str, crs: CRS | None, declared: str | None) -> Datum:
        if noun.shape is Shape.NONE:
            return Datum.WGS84
        is_told = record.source.datum != AUTO or declared is not None or crs is not None
        evidence = Evidence() if is_told else evidence_so_far(self.database, self.boundary, self.districts())
        sample = Sample((), ()) if is_told else sample_of_rows(self.database, noun, rows)
        chosen = choose_datum(record.source, declared, crs, sample, evidence)
        record.datum, record.found_by = chosen.datum, chosen.found_by
        return chosen.datum

    def _stream_file(
        self,
        contract: Contract,
        record: SourceRecord,
        path: Path,
        file: str,
        kind: FileKind,
        before: tuple[int, str],
        taken: list[Origin],
    ) -> None:
        noun, source = contract.noun, record.source
        streamed = open_streamed(
            self.database, path, file, kind, partial(score_headings, noun, source.columns), self.spill_folder
        )
        headings = match_headings(noun, source.columns, streamed.columns, file)
        refuse_unfit(contract, streamed.columns, headings, file, has_geometry=False)
        table = RawTable(file=file, sheet=None, columns=streamed.columns, batches=iter(()), notes=streamed.notes)
        origin = self._origin(record, table, before, headings)
        origin.is_streamed = True
        origin.notes = streamed.notes
        taken.append(origin)
        try:
            self._judge_streamed(contract, record, streamed, origin)
        except duckdb.Error as fault:
            if is_disk_full(fault):
                raise
            raise Refusal(
                "{file} cannot be read to its end: {fault}. Export it again.", file=file, fault=fault
            ) from fault

    def _judge_streamed(self, contract: Contract, record: SourceRecord, streamed: StreamedFile, origin: Origin) -> None:
        crs = coordinate_system(origin.crs, origin.file)
        if record.datum is None:
            register_placing(self.database, None, Datum.WGS84)
            beginning = streamed.beginning_sql(contract.noun, origin.headings)
            self._choose(record, contract.noun, beginning, crs, None)
        origin.datum = record.datum or Datum.WGS84
        register_placing(self.database, crs, origin.datum)
        origin.read_rows, unread = count_rows(self.database, streamed, origin.origin_id)
        streamed = numbered_past(streamed, unread)
        origin.notes = streamed.notes
        view_rows(self.database, contract, streamed, origin.headings, origin.origin_id, has_crs=crs is not None)
        checking = Message(mark("Checking {file}"), {"file": origin.file})
        with shown_query(self.database, self.progress, checking, origin.read_rows):
            judge_streamed(self.database, contract, origin.read_rows - len(unread))
        self.database.execute(f"drop view {contract.noun.name}_located cascade")

    def _forget(self, noun: Noun, origins: list[Origin]) -> None:
        for origin in origins:
            for table in (f"{noun.name}_raw", noun.name, "rejects", "repairs"):
                self.database.execute(f"delete from {table} where origin_id = $origin", {"origin": origin.origin_id})

    def _note_conversions(self, noun: Noun, origins: list[Origin]) -> None:
        if noun.shape is Shape.NONE:
            return
        place = "geom" if noun.is_drawn else "lon"
        for origin in origins:
            if origin.datum not in {Datum.GCJ02, Datum.BD09}:
                continue
            self.database.execute(
                "insert into repairs by name select $origin as origin_id, 'datum_converted' as rule, "
                "'lon' as \"column\", "
                f"$datum as original, 'wgs84' as result, count(*) as row_count from {noun.name} "
                f"where origin_id = $origin and {place} is not null",
                {"origin": origin.origin_id, "datum": str(origin.datum)},
            )


def refuse_unfit(
    contract: Contract, columns: list[str], headings: HeadingMap, where: str, *, has_geometry: bool
) -> None:
    """Refuse a table in which a column is missing that no row can do without."""
    noun = contract.noun
    needed = [
        column for column in contract.required
        if column in noun.headings and column != noun.key and column not in PLACE_COLUMNS
    ]  # fmt: skip
    missing = [column for column in needed if column not in headings.by_column]
    has_place = (
        has_geometry
        or {"lon", "lat"} <= headings.by_column.keys()
        or bool({"coordinates", "shape_text"} & headings.by_column.keys())
    )
    if noun.shape not in {Shape.NONE, Shape.POSSIBLE_POINT} and not has_place:
        missing.append("geometry" if noun.is_drawn else "lon, lat")
    if noun.personal and not headings.by_column:
        # What stands there may be people, not headings: it is not repeated.
        raise Refusal(
            "{where}: no heading is recognised. Say under [source.columns] in sources.toml which column is which.",
            where=where,
        )
    if missing or not headings.by_column:
        raise Refusal(
            "{where}: no column is recognised as {missing}. It has: {columns}. "
            'Say under [source.columns] in sources.toml which heading it is, for example name = "{example}".',
            where=where,
            missing=", ".join(missing) or noun.name,
            columns="、".join(columns[:40]),
            example=(columns or ["…"])[0],
        )
