"""The DBF beside a shapefile: its fields as text, exactly as they stand in the file."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from etl.reading.row_batches import MAX_COLUMNS
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER_BYTES: Final = 32
_DELETED: Final = b"*"
_SAMPLE_VALUES: Final = 20_000
_BINARY: Final = {"I": ("<i", 4), "+": (">i", 4), "O": (">d", 8), "B": ("<d", 8)}
# The code pages that a DBF header names, as far as Chinese offices meet them.
_LANGUAGE_DRIVERS: Final = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x4D: "gb18030", 0x4E: "cp949", 0x4F: "big5",
    0x13: "cp932", 0x7A: "gb18030", 0x79: "cp949", 0x78: "big5", 0x7B: "cp932", 0xC8: "cp1250",
}  # fmt: skip
_EAST_ASIAN: Final = ("big5", "cp932", "cp949", "shift_jis", "euc_kr", "euc_jp")


@dataclass(frozen=True)
class Field:
    """A column's place in each record."""

    name: bytes
    kind: str
    start: int
    width: int


@dataclass(frozen=True)
class DbfTable:
    """A table's outline, as its header describes it."""

    path: Path
    fields: tuple[Field, ...]
    records: int
    header_bytes: int
    record_bytes: int
    language_driver: int

    def raw_records(self) -> Iterator[bytes]:
        with self.path.open("rb") as stream:
            stream.seek(self.header_bytes)
            for _ in range(self.records):
                yield stream.read(self.record_bytes)


def open_dbf(path: Path, file: str) -> DbfTable:
    """The table's outline; one that is cut off is refused."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
        if len(head) < _HEADER_BYTES:
            raise _broken(file)
        records, header_bytes, record_bytes = struct.unpack_from("<IHH", head, 4)
        described = stream.read(max(0, header_bytes - _HEADER_BYTES))
    fields = tuple(_fields(described))
    needed = 1 + sum(one.width for one in fields)
    if not fields or record_bytes < needed or header_bytes < _HEADER_BYTES or len(fields) > MAX_COLUMNS:
        raise _broken(file)
    whole = max(0, path.stat().st_size - header_bytes) // record_bytes
    if whole < records:
        raise Refusal(
            "{file} is cut off: only {whole} of its {records} records are there. Copy the whole file again.",
            file=file,
            whole=whole,
            records=records,
        )
    return DbfTable(path, fields, records, header_bytes, record_bytes, head[29])


def encoding_of_dbf(table: DbfTable, declared: str | None, file: str, notes: list[Message]) -> str:
    """The encoding its bytes are really in; where the .cpg says otherwise, it is overruled and noted."""
    texts = _sample(table)
    named = _codec(declared) or _LANGUAGE_DRIVERS.get(table.language_driver)
    found = _best(texts, named)
    if declared and texts and _codec(declared) != found:
        notes.append(
            Message(
                "{file} says it is written in {declared}, but it is {found}; it was read as {found}.",
                {"file": file, "declared": declared[:40], "found": found.upper()},
            )
        )
    return found


def text_of(record: bytes, field: Field, encoding: str) -> str | None:
    """A field's text, or None where it is blank; a wrong byte stays visible as half a pair."""
    raw = record[field.start : field.start + field.width]
    if field.kind in _BINARY and field.width == _BINARY[field.kind][1]:
        return repr(struct.unpack(_BINARY[field.kind][0], raw)[0])
    text = raw.rstrip(b" \0").decode(encoding, "surrogateescape")
    if field.kind != "C":
        text = text.strip(" \0")
    if field.kind == "D" and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text != "00000000" else None
    if field.kind == "L":
        return {"T": "true", "Y": "true", "F": "false", "N": "false", "?": None}.get(text.upper(), text or None)
    return text or None


def is_deleted(record: bytes) -> bool:
    return record[:1] == _DELETED


def _fields(described: bytes) -> Iterator[Field]:
    start = 1
    for at in range(0, len(described) - 31, 32):
        if described[at : at + 1] in (b"\r", b"\0"):
            return
        name, kind = described[at : at + 11].split(b"\0")[0], chr(described[at + 11])
        width = described[at + 16] + (described[at + 17] * 256 if kind == "C" else 0)
        yield Field(name, kind, start, width)
        start += width


def _sample(table: DbfTable) -> list[bytes]:
    """Texts that are not plain ASCII: in them the encoding shows."""
    texts = [one.name for one in table.fields if not one.name.isascii()]
    written = [one for one in table.fields if one.kind == "C"]
    for record in table.raw_records():
        for one in written:
            raw = record[one.start : one.start + one.width].rstrip(b" \0")
            if not raw.isascii():
                texts.append(raw)
        if len(texts) > _SAMPLE_VALUES:
            break
    return texts


def _best(texts: list[bytes], named: str | None) -> str:
    if all(_decodes(text, "utf-8") for text in texts):
        return "utf-8"
    if named in _EAST_ASIAN and all(_decodes(text, named) for text in texts):
        return named
    if named not in (None, "utf-8", "gb18030") and not _reads_as_chinese(texts):
        return named
    # What is neither, through and through, is told by the greater part of it.
    in_utf8 = sum(_decodes(text, "utf-8") for text in texts)
    return "utf-8" if in_utf8 * 2 > len(texts) else "gb18030"


def _decodes(text: bytes, encoding: str) -> bool:
    """Whether it decodes; a last character that the field's width cut in two does not count."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(text)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_chinese(texts: list[bytes]) -> bool:
    """Latin letters taken for GB18030 give rare characters; Chinese gives those of the common set."""
    shown = "".join(text.decode("gb18030", "replace") for text in texts)
    foreign = [one for one in shown if not one.isascii()]
    common = sum(1 for one in foreign if one.encode("gb2312", "ignore"))
    return common * 2 > len(foreign)


def _codec(declared: str | None) -> str | None:
    name = (declared or "").strip().lower().removeprefix("ansi ").removeprefix("oem ")
    name = {"936": "gb18030", "65001": "utf-8", "54936": "gb18030", "950": "big5"}.get(name, name)
    name = f"cp{name}" if name.isdigit() and len(name) < 5 else name
    name = f"iso8859-{name[4:]}" if name.isdigit() and name.startswith("8859") else name
    try:
        codec = codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None
    return "gb18030" if codec in ("gbk", "gb2312", "gb18030", "hz") else codec


def _broken(file: str) -> Refusal:
    return Refusal(
        "{file} is no proper DBF table. Save the whole shapefile again from the program it comes from.",
        file=file,
    )
