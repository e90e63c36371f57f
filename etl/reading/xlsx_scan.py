"""Scans a sheet of an .xlsx in a stream."""

from __future__ import annotations

import posixpath
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.parsers import expat

from etl.reading.sheet_scan import MergedRange, SheetScan

CHUNK_BYTES = 1 << 18
KEPT_TEXT = 200
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
DIGITS = "0123456789"
OUTERMOST_COLUMN = 16_383
OUTERMOST_ROW = 1_048_575


class UnsafeXmlError(ValueError):
    """A document type in the XML."""


def scan_xlsx(path: Path, sheet: str) -> SheetScan | None:
    """The scan of one sheet; None where the workbook doesn't lead to it."""
    with zipfile.ZipFile(path) as archive:
        part = _sheet_parts(archive).get(sheet)
        names = {name.lower().replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
        if part is None or part.lower() not in names:
            return None
        scanner = _Scanner()
        _parse(archive, names[part.lower()], scanner)
        scanner.close_cell()
        return scanner.scan


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    names = {name.lower().replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
    sheets, targets = _Attributes("sheet"), _Attributes("relationship")
    for name, collector in (("xl/workbook.xml", sheets), ("xl/_rels/workbook.xml.rels", targets)):
        if name in names:
            _parse(archive, names[name], collector)
    target_by_id = {found.get("Id", ""): found.get("Target", "") for found in targets.found}
    parts = {}
    for found in sheets.found:
        link = next((value for name, value in found.items() if name.endswith(":id")), "")
        target = target_by_id.get(link, "")
        inside = target.lstrip("/") if target.startswith(("/", "xl/")) else posixpath.join("xl", target)
        parts[found.get("name", "")] = posixpath.normpath(inside)
    return parts


class _Attributes:
    """The attributes of every element of one name."""

    def __init__(self, element: str) -> None:
        self.element = element
        self.found: list[dict[str, str]] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2].lower() == self.element:
            self.found.append(attributes)


class _Scanner:
    """Follows rows, cells, formulas and values."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.row, self.column = -1, -1
        self.kind = ""
        self.has_value = self.has_formula = False
        self.formula = self.value = ""
        self.collecting = ""

    def attach(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name if ":" not in name else name.rpartition(":")[2]
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "is"):
            self.has_value = True
            if self.has_formula or self.kind == "e":
                self._collect("value")
        elif name == "f":
            self.has_formula = True
            self._collect("formula")
        elif name == "row":
            self.close_cell()
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.close_cell()
        reference = attributes.get("r", "")
        letters = reference.rstrip(DIGITS)
        if letters and len(letters) < len(reference):
            self.column, self.row = _column(letters), int(reference[len(letters) :]) - 1
        else:
            self.column += 1
        self.kind = attributes.get("t", "")

    def close_cell(self) -> None:
        """Takes in the cell that came last: nothing tells its end, since that would cost as much again."""
        if self.collecting:
            self.collecting = ""
            self.parser.CharacterDataHandler = None
        without_value = self.has_formula and not self.value.strip() and self.kind != "str"
        if self.has_value or without_value:
            self.scan.value_at(self.row, self.column, self.column)
        if self.kind == "e":
            self.scan.fault_at(self.row, self.column, "formula_error", self.value.strip() or "#ERROR")
        elif without_value:
            self.scan.fault_at(self.row, self.column, "formula_without_value", "=" + self.formula.strip())
        self.has_value = self.has_formula = False
        self.formula = self.value = self.kind = ""

    def _collect(self, what: str) -> None:
        self.collecting = what
        self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if self.collecting == "value":
            self.value = (self.value + text)[:KEPT_TEXT]
        else:
            self.formula = (self.formula + text)[:KEPT_TEXT]

    def _merge(self, reference: str) -> None:
        corners = [_corner(corner) for corner in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (top, left), (bottom, right) = corners[0], corners[1]
            self.scan.merge(MergedRange(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))


def _corner(reference: str) -> tuple[int, int] | None:
    match = REFERENCE.fullmatch(reference)
    return (min(int(match.group(2)) - 1, OUTERMOST_ROW), _column(match.group(1))) if match else None


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _parse(archive: zipfile.ZipFile, name: str, handler: _Attributes | _Scanner) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    handler.attach(parser)
    with archive.open(name) as packed:
        while chunk := packed.read(CHUNK_BYTES):
            parser.Parse(chunk, False)  # noqa: FBT003  (expat names no arguments)
        parser.Parse(b"", True)  # noqa: FBT003


def _refuse_doctype(*_: object) -> None:
    raise UnsafeXmlError
