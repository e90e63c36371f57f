"""Files too large for memory, read by the database itself: the same contract over a view instead of a table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from etl.contract import Contract, quoted, written_name
from etl.headings import HeadingMap
from etl.noun import Noun
from etl.position import place_points
from etl.reading.delimited_text import TextLayout, layout_of
from etl.reading.encodings import Encoding
from etl.reading.heading_rows import HeadingScore
from etl.reading.sniffing import FileKind
from etl.sql_files import read_sql
from wording import Message, Refusal, mark

BEGINNING_ROWS = 300_000
UNREAD_LINES_COUNTED = 200  # with more, each row would be compared with all of them


@dataclass(frozen=True)
class StreamedFile:
    """A large file as the database sees it: `scan` is a table expression over all its columns."""

    columns: list[str]
    scan: str
    row_number: str
    is_text: bool = False
    headings_end: int = 0  # the last line of the headings
    noting_scan: str | None = None  # the same, noting lines that are no rows in `unread_lines`
    notes: list[Message] = field(default_factory=list)

    def beginning_sql(self, noun: Noun, headings: HeadingMap) -> str:
        """Its first rows, from which the datum can be told."""
        return f"{_written_sql(noun, self, headings, 0)} limit {BEGINNING_ROWS}"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """A file's name that no sign of a pattern can turn into other files."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))


def open_streamed(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    file: str,
    kind: FileKind,
    heading_score: HeadingScore,
    spill_folder: Path,
) -> StreamedFile:
    """The file as the database can read it again and again."""
    if kind is FileKind.PARQUET:
        return _parquet(database, path, file)
    layout = layout_of(path, file, heading_score)
    return _text(path, layout, kind, spill_folder)


def _parquet(database: duckdb.DuckDBPyConnection, path: Path, file: str) -> StreamedFile:
    scan = f"read_parquet({path_literal(path)}, file_row_number = true)"
    try:
        described = database.execute(f"describe select * exclude (file_row_number) from {scan}").fetchall()
    except duckdb.Error as fault:
        raise Refusal("{file} is damaged. Export it again.", file=file) from fault
    return StreamedFile([column for column, *_ in described], scan, "file_row_number + 1")


def _text(path: Path, layout: TextLayout, kind: FileKind, spill_folder: Path) -> StreamedFile:
    """A delimited text; one that is not UTF-8 is written out as UTF-8 first."""
    compression = "gzip" if kind is FileKind.GZIP else "none"
    if layout.text.encoding is not Encoding.UTF8:
        path, compression = _as_utf8(layout, spill_folder), "none"
    columns = ", ".join(f"{literal(column)}: 'varchar'" for column in layout.headings.columns)
    quote = literal('"' if layout.has_quotes else "")
    options = (
        f"columns = {{{columns}}}, delim = {literal(layout.delimiter)}, quote = {quote}, escape = {quote}, "
        f"header = false, skip = {layout.headings.last_row}, auto_detect = false, null_padding = true, "
        f"strict_mode = true, compression = '{compression}'"
    )
    noting = "store_rejects = true, rejects_table = 'unread_lines', rejects_limit = 0"
    return StreamedFile(
        columns=list(layout.headings.columns),
        scan=f"read_csv({path_literal(path)}, {options}, ignore_errors = true)",
        noting_scan=f"read_csv({path_literal(path)}, {options}, {noting})",
        row_number=f"row_number() over () + {layout.headings.last_row}",
        is_text=True,
        headings_end=layout.headings.last_row,
        notes=[*layout.headings.notes, *layout.text.notes()],
    )


def _as_utf8(layout: TextLayout, spill_folder: Path) -> Path:
    spill_folder.mkdir(exist_ok=True)
    target = spill_folder / "as_utf8.csv"
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for line in layout.text.lines():
            out.write(line.text.rstrip("\r\n") + "\n")
    return target


def view_rows(
    database: duckdb.DuckDBPyConnection,
    contract: Contract,
    streamed: StreamedFile,
    headings: HeadingMap,
    origin_id: int,
    *,
    has_crs: bool,
) -> None:
    """Make `<noun>_located` a view over the file, persons and vehicles already as pseudonyms."""
    noun = contract.noun
    written = _written_sql(noun, streamed, headings, origin_id)
    for column in noun.personal:
        database.execute(
            f"create or replace temp table {column}_pseudonyms as "
            f"select {column}, pseudonym(unless_unknown(folded(stripped({column})))) as {column}_pseudonym "
            f"from (select distinct {column} from ({written}))"
        )
        written = f"select * from ({written}) left join {column}_pseudonyms using ({column})"
    place_points(database, written, needs_position=True, has_crs=has_crs)
    database.execute(f"create or replace temp view {noun.name}_located as from placed_rows")


def _written_sql(noun: Noun, streamed: StreamedFile, headings: HeadingMap, origin_id: int) -> str:
    columns = [
        f"{int(origin_id)} as origin_id",
        f"{streamed.row_number} as row_number",
        "null::varchar as fault",
    ]
    for column in noun.written_columns:
        heading = headings.by_column.get(column)
        text = quoted(heading) if heading else "null::varchar"
        if heading and streamed.is_text and column not in noun.personal:
            text = f"cleaned_where_needed({text})"
        columns.append(f"{text} as {quoted(written_name(column))}")
    return f"select {', '.join(columns)} from {streamed.scan}"


def count_rows(database: duckdb.DuckDBPyConnection, streamed: StreamedFile, origin_id: int) -> tuple[int, list[int]]:
    """All rows of the file, and the lines among them that are no rows; these are set aside at once."""
    for table in ("unread_lines", "reject_scans"):
        database.execute(f"drop table if exists {table}")
    # Lines are only noted for columns that are read, so all of them are.
    every_column = ", ".join(quoted(column) for column in streamed.columns)
    counted = f"select count(hash({every_column})) from {streamed.noting_scan or streamed.scan}"
    ((rows,),) = database.execute(counted).fetchall()  # to the end: the lines are noted only then
    noted = database.execute("select count(*) from duckdb_tables() where table_name = 'unread_lines'").fetchone()
    if noted == (0,):
        return int(rows), []
    database.execute("set variable origin_id = $origin", {"origin": origin_id})
    database.execute(read_sql("etl", "unread_lines"))
    unread = [line for (line,) in database.execute("select distinct line from unread_lines order by line").fetchall()]
    return int(rows) + len(unread), unread


def numbered_past(streamed: StreamedFile, unread: list[int]) -> StreamedFile:
    """The same file with its rows numbered as its lines stand, past those that are no rows."""
    if not unread:
        return streamed
    if len(unread) > UNREAD_LINES_COUNTED:
        said = mark("Row numbers are counted without the {count} lines that could not be read.")
        return replace(streamed, notes=[*streamed.notes, Message(said, {"count": len(unread)})])
    # Before the k-th unread line stand so many rows that could be read.
    before = ", ".join(str(line - streamed.headings_end - nth) for nth, line in enumerate(unread, start=1))
    shift = f"len(list_filter([{before}], lambda rows: rows < row_number() over ()))"
    return replace(streamed, row_number=f"{streamed.row_number} + {shift}")
