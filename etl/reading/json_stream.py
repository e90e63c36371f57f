"""JSON read piece by piece, so that a long file never lies in memory as a whole."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, Final, Self

from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PIECE_CHARACTERS: Final = 16 * 1024**2  # one feature, or one member beside the features
_STEP_CHARACTERS: Final = 1024**2
_LONGEST_INTEGER: Final = 400
_BLANK: Final = " \t\r\n\x1e"


def encoding_of(path: Path) -> str:
    """The encoding a text file is really in: what its first bytes say, else UTF-8, else GB18030."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(_STEP_CHARACTERS):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as wrong:
            # A file cut off inside a character is still UTF-8.
            return "utf-8-sig" if wrong.reason == "unexpected end of data" and not block else "gb18030"
    return "utf-8-sig"


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


DECODER: Final = json.JSONDecoder(parse_int=_whole_number, strict=False)


class JsonStream:
    """A cursor over JSON text that holds only the piece it stands on."""

    def __init__(self, path: Path, file: str) -> None:
        self._file = file
        self._stream = path.open(encoding=encoding_of(path), errors="surrogateescape", newline="")
        self._text = ""
        self._at = 0
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def peek(self) -> str:
        """The next character that is not blank, or nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self, expected: str) -> bool:
        """Steps over the character if it is next."""
        if self.peek() != expected:
            return False
        self._at += 1
        return True

    def value(self) -> Any:  # noqa: ANN401  (whatever a file may hold)
        """The next value, read whole; a broken or endless one is refused."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as wrong:
                if isinstance(wrong, RecursionError) or not self._read_on():
                    raise self.broken() from wrong
                continue
            if end < len(self._text) or not self._read_on():
                self._at = end
                return value

    def broken(self) -> Refusal:
        return Refusal(
            "{file} is cut off or is no proper JSON. Export it again from the program it comes from.",
            file=self._file,
        )

    def items(self) -> Iterator[Any]:
        """The members of the list that comes next."""
        if not self.take("["):
            raise self.broken()
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            if not self.take(","):
                raise self.broken()

    def _read_on(self) -> bool:
        if self._ended:
            return False
        held = len(self._text) - self._at
        if held > MAX_PIECE_CHARACTERS:
            raise Refusal(
                "{file} holds one feature of more than {limit_mb} MB. Simplify its shape or split it.",
                file=self._file,
                limit_mb=MAX_PIECE_CHARACTERS // 1024**2,
            )
        # Twice as much each time, so that a long piece is not parsed again for every step.
        more = self._stream.read(min(max(_STEP_CHARACTERS, held), MAX_PIECE_CHARACTERS - held + 1))
        self._text = self._text[self._at :] + more
        self._at = 0
        self._ended = not more
        return bool(more)
