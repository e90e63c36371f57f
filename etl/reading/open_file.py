"""One door to every kind of file that an office gives; what a file is, its content says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.reading.archives import open_archive
from etl.reading.delimited_text import read_delimited
from etl.reading.heading_rows import HeadingScore
from etl.reading.raw_table import RawTable
from etl.reading.sniffing import FileKind, refuse_unreadable, sniff, sniff_packed
from etl.reading.spreadsheets import read_spreadsheet
from etl.reading.vector_files import read_vector
from wording import Message, Refusal

WORKBOOKS = {FileKind.XLSX, FileKind.XLS, FileKind.ODS}
VECTORS = {
    FileKind.GEOPACKAGE, FileKind.FLATGEOBUF, FileKind.SHAPEFILE, FileKind.KML, FileKind.KMZ, FileKind.GPX,
    FileKind.GEOJSON, FileKind.GEOJSON_SEQUENCE, FileKind.TOPOJSON, FileKind.PARQUET,
}  # fmt: skip
ARCHIVES = {FileKind.ZIP, FileKind.SHAPEFILE_ZIP}


@contextmanager
def open_tables(
    path: Path, file: str, heading_score: HeadingScore, sheet: str | None = None
) -> Iterator[tuple[list[RawTable], list[Message]]]:
    """The tables of a file, to be read inside the block, and what there is to say of the file itself."""
    kind = sniff(path)
    refuse_unreadable(kind, file)
    if kind in ARCHIVES or (kind is FileKind.GZIP and sniff_packed(path) is not FileKind.DELIMITED_TEXT):
        with open_archive(path, file) as unpacked:
            yield _members(unpacked.folder, unpacked.files, file, heading_score, sheet), unpacked.notes
        return
    yield _tables(path, file, kind, heading_score, sheet), []


def _members(
    folder: Path, members: list[Path], file: str, heading_score: HeadingScore, sheet: str | None
) -> list[RawTable]:
    tables: list[RawTable] = []
    for member in members:
        kind = sniff(member)
        name = f"{file}/{member.relative_to(folder).as_posix()}"
        refuse_unreadable(kind, name)
        tables += _tables(member, name, kind, heading_score, sheet)
    return tables


def _tables(path: Path, file: str, kind: FileKind, heading_score: HeadingScore, sheet: str | None) -> list[RawTable]:
    if kind in WORKBOOKS:
        return read_spreadsheet(path, file, heading_score, sheet)
    if kind in VECTORS or kind is FileKind.DBF:
        return read_vector(path, file, sheet)
    if kind in {FileKind.DELIMITED_TEXT, FileKind.GZIP}:
        return read_delimited(path, file, heading_score)
    raise Refusal(
        "{file} is of a kind ({kind}) that cannot be read here. Save it as .xlsx, .csv, a shapefile or GeoJSON.",
        file=file, kind=kind.value,
    )  # fmt: skip
