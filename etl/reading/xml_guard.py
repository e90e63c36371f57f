"""XML read element by element: a document type is refused unread, and nothing can grow without bound."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import Element  # holds what was read; nothing is parsed with it
from xml.parsers import expat

from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STEP_BYTES: Final = 64 * 1024
_PROLOG_CHARACTERS: Final = 256 * 1024
_MAX_DEPTH: Final = 100
_MAX_ELEMENTS: Final = 500_000  # within one placemark or point
_MAX_CHARACTERS: Final = 64 * 1024**2
_MAX_TOKEN_BYTES: Final = 4 * 1024**2
_HARMLESS: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHINESE: Final = ("gb2312", "gbk", "cp936", "gb18030")


class Ancestor(NamedTuple):
    """An element around another one."""

    name: str
    serial: int  # the element's place among all of the file, the same at every reading


Found = tuple[tuple[Ancestor, ...], Element]


def elements(path: Path, file: str, wanted: frozenset[str]) -> Iterator[Found]:
    """Each outermost element of a wanted name with the elements around it; prefixes of names are left out."""
    encoding = xml_encoding(path)
    refuse_document_type(path, file, encoding)
    picker = _Picker(file, wanted)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = picker.start
    parser.EndElementHandler = picker.end
    parser.CharacterDataHandler = picker.text
    parser.StartDoctypeDeclHandler = picker.refuse
    fed = 0
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            while text := stream.read(_STEP_BYTES):
                parser.Parse(text)
                fed += len(text.encode("utf-8", "replace"))
                if fed - parser.CurrentByteIndex > _MAX_TOKEN_BYTES:
                    raise _too_large(file)
                yield from picker.taken()
            parser.Parse("", True)  # noqa: FBT003  (expat's own signature)
    except (expat.ExpatError, ValueError) as wrong:
        raise Refusal(
            "{file} is cut off or is no proper XML (line {line}). Export it again from the program it comes from.",
            file=file,
            line=parser.CurrentLineNumber,
        ) from wrong
    yield from picker.taken()


def xml_encoding(path: Path) -> str:
    """What the first bytes say, then what the file declares; texts in GB2312 are read as its superset."""
    with path.open("rb") as stream:
        start = stream.read(1024)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if start.startswith(b"<\0") else "utf-16-be"
    declared = _DECLARED.match(start.removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _CHINESE:
        return "gb18030"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return "utf-8-sig"
    # Only encodings in which ASCII is itself: others would hide a document type.
    return known if known.startswith(("iso8859", "cp125", "big5")) else "utf-8-sig"


def refuse_document_type(path: Path, file: str, encoding: str) -> None:
    """Looks for a DOCTYPE in what stands before the first element, the only place where one is allowed."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        start = stream.read(_PROLOG_CHARACTERS).lstrip("\ufeff")
    at = 0
    while part := _HARMLESS.match(start, at):
        at = part.end()
    if start[at : at + 2] == "<!":
        raise _document_type(file)
    if not re.match(r"<[^\s<>!?/]", start[at:]):
        raise Refusal("{file} is no proper XML. Export it again from the program it comes from.", file=file)


class _Picker:
    """Builds the wanted elements and passes over all the others."""

    def __init__(self, file: str, wanted: frozenset[str]) -> None:
        self._file = file
        self._wanted = wanted
        self._around: list[Ancestor] = []
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._serial = 0
        self._elements = 0
        self._characters = 0
        self._found: list[Found] = []

    def taken(self) -> list[Found]:
        found, self._found = self._found, []
        return found

    def refuse(self, *_: object) -> None:
        raise _document_type(self._file)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._serial += 1
        if len(self._around) + len(self._open) >= _MAX_DEPTH:
            raise Refusal("{file} nests its elements too deeply to be read safely.", file=self._file)
        if not self._open and name not in self._wanted:
            self._around.append(Ancestor(name, self._serial))
            return
        self._elements += 1
        self._count(sum(len(value) for value in attributes.values()))
        element = Element(name, attributes)
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)
        self._texts.append([])

    def text(self, text: str) -> None:
        if self._open:
            self._count(len(text))
            self._texts[-1].append(text)

    def end(self, _tag: str) -> None:
        if not self._open:
            self._around.pop()
            return
        element = self._open.pop()
        element.text = "".join(self._texts.pop())
        if not self._open:
            self._found.append((tuple(self._around), element))
            self._elements = self._characters = 0

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._elements > _MAX_ELEMENTS or self._characters > _MAX_CHARACTERS:
            raise _too_large(self._file)


def _document_type(file: str) -> Refusal:
    return Refusal(
        "{file} contains a document type (DOCTYPE), which can hide harmful content, so it was not read. "
        "Export it again from the program it comes from.",
        file=file,
    )


def _too_large(file: str) -> Refusal:
    return Refusal("{file} holds one element that is too large to be read safely. Split it.", file=file)
