"""A text file as decoded lines with their numbers, whatever its size."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl.reading.encodings import Encoding, LineKind, decoded, detect_encoding, line_kind
from etl.reading.written_rows import RowTally
from wording import Message, Refusal

CHUNK_BYTES = 1 << 20
MAX_LINE_BYTES = 1 << 20
KEPT_OF_GIANT = 10_000
MAX_UNPACKED_BYTES = 4 << 30
GZIP_MAGIC = b"\x1f\x8b"


class Line(NamedTuple):
    """One line with its line end; a giant one is cut."""

    number: int
    text: str
    is_giant: bool = False


@dataclass
class TextFile:
    """A text file that can be read from its start again and again."""

    path: Path
    file: str
    max_unpacked_bytes: int = MAX_UNPACKED_BYTES
    encoding: Encoding = Encoding.UTF8
    nul_lines: RowTally = field(default_factory=RowTally)
    foreign_lines: RowTally = field(default_factory=RowTally)

    @classmethod
    def open(cls, path: Path, file: str, max_unpacked_bytes: int = MAX_UNPACKED_BYTES) -> TextFile:
        text = cls(path, file, max_unpacked_bytes)
        text.encoding = detect_encoding(text.chunks)
        return text

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, unpacked where it is gzip."""
        with self.path.open("rb") as raw:
            packed = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            if not packed:
                while chunk := raw.read(CHUNK_BYTES):
                    yield chunk
                return
            with gzip.GzipFile(fileobj=raw) as unpacking:
                yield from self._unpacked(unpacking)

    def _unpacked(self, unpacking: gzip.GzipFile) -> Iterator[bytes]:
        total = 0
        while True:
            try:
                chunk = unpacking.read(CHUNK_BYTES)
            except (EOFError, OSError, zlib.error) as broken:
                raise Refusal(
                    "{file} is damaged: it cannot be unpacked to its end. Ask for it again.", file=self.file
                ) from broken
            if not chunk:
                return
            total += len(chunk)
            if total > self.max_unpacked_bytes:
                raise Refusal(
                    "{file} unpacks to more than {limit} MB, too much for one file. Split it into smaller files.",
                    file=self.file,
                    limit=self.max_unpacked_bytes >> 20,
                )
            yield chunk

    def lines(self) -> Iterator[Line]:
        """Decoded lines; the tallies count anew."""
        self.nul_lines, self.foreign_lines = RowTally(), RowTally()
        stored = self.encoding
        if stored in (Encoding.UTF16_LE, Encoding.UTF16_BE):
            chunks, stored = _as_utf8(self.chunks(), stored), Encoding.UTF8
        else:
            chunks = self.chunks()
        for number, (raw, is_giant) in enumerate(_byte_lines(chunks), 1):
            line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            if b"\0" in line:
                line = line.replace(b"\0", b"")
                self.nul_lines.add(number)
            if stored is Encoding.MIXED and line_kind(line) in (LineKind.GB18030, LineKind.WEAK_UTF8):
                self.foreign_lines.add(number)
            text = decoded(line, stored)
            yield Line(number, text[:-1] if is_giant and text.endswith("\ufffd") else text, is_giant)

    def notes(self) -> list[Message]:
        """What the last reading met."""
        notes = []
        if self.nul_lines.count:
            notes.append(
                Message("NUL bytes were taken out of {count} lines (line {rows}).", dict(self.nul_lines.values))
            )
        if self.foreign_lines.count:
            notes.append(
                Message(
                    "The file mixes encodings: {count} lines are GB18030 (line {rows}), the others UTF-8. "
                    "Each was read as what it is.",
                    dict(self.foreign_lines.values),
                )
            )
        return notes


def _as_utf8(chunks: Iterator[bytes], encoding: Encoding) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding.value)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def _byte_lines(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines with their ends, and whether they were cut for their length."""
    rest = b""
    cut: bytes | None = None  # what was kept of the giant line that is being skipped
    for chunk in chunks:
        lines = (rest + chunk).splitlines(keepends=True)
        # A carriage return at the end may belong to a line feed in the next chunk.
        rest = b"" if lines[-1:] and lines[-1].endswith(b"\n") else lines.pop() if lines else b""
        for line in lines:
            if cut is None and len(line) <= MAX_LINE_BYTES:
                yield line, False
            else:
                yield (line if cut is None else cut)[:KEPT_OF_GIANT], True
                cut = None
        if len(rest) > MAX_LINE_BYTES or (cut is not None and rest):
            cut = rest[:KEPT_OF_GIANT] if cut is None else cut
            rest = rest[-1:] if rest.endswith(b"\r") else b""
    if cut is not None:
        yield cut, True
    else:
        yield from ((line, len(line) > MAX_LINE_BYTES) for line in rest.splitlines(keepends=True))
