"""Scans the sheets of an .ods in a stream."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from etl.reading.sheet_scan import MergedRange, SheetScan
from etl.reading.xlsx_scan import CHUNK_BYTES, KEPT_TEXT, OUTERMOST_COLUMN, OUTERMOST_ROW, UnsafeXmlError

CELLS = ("table:table-cell", "table:covered-table-cell")


def scan_ods(path: Path) -> dict[str, SheetScan]:
    """The scan of every sheet by its name."""
    scanner = _Scanner()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as packed:
        while chunk := packed.read(CHUNK_BYTES):
            parser.Parse(chunk, False)  # noqa: FBT003  (expat names no arguments)
        parser.Parse(b"", True)  # noqa: FBT003
    return scanner.scans


class _Scanner:
    """Follows tables, rows and cells with their repetitions."""

    def __init__(self) -> None:
        self.scans: dict[str, SheetScan] = {}
        self.scan = SheetScan()
        self.row = self.column = 0
        self.row_repeats = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.scan = self.scans.setdefault(attributes.get("table:name", ""), SheetScan())
            self.row = 0
        elif name == "table:table-row":
            self.column = 0
            self.row_repeats = _repeats(attributes, "table:number-rows-repeated", OUTERMOST_ROW + 1)
        elif name in CELLS:
            self._cell(attributes)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.row_repeats

    def _cell(self, attributes: dict[str, str]) -> None:
        repeats = _repeats(attributes, "table:number-columns-repeated", OUTERMOST_COLUMN + 1)
        first, self.column = self.column, self.column + repeats
        formula = attributes.get("table:formula")
        has_value = "office:value-type" in attributes
        if has_value or formula is not None:
            self.scan.value_at(self.row, first, self.column - 1, rows=self.row_repeats)
        if attributes.get("calcext:value-type") == "error" or attributes.get("office:value-type") == "error":
            self._fault(first, "formula_error", "#ERROR")
        elif formula is not None and not has_value:
            self._fault(first, "formula_without_value", _formula(formula))
        down = _repeats(attributes, "table:number-rows-spanned", OUTERMOST_ROW + 1)
        across = _repeats(attributes, "table:number-columns-spanned", OUTERMOST_COLUMN + 1)
        self.scan.merge(MergedRange(self.row, first, self.row + down - 1, first + across - 1))

    def _fault(self, column: int, fault: str, text: str) -> None:
        for row in range(self.row, self.row + min(self.row_repeats, 1000)):
            self.scan.fault_at(row, column, fault, text)


def _formula(written: str) -> str:
    return written.removeprefix("of:")[:KEPT_TEXT]


def _repeats(attributes: dict[str, str], name: str, most: int) -> int:
    written = attributes.get(name, "1")
    return min(max(int(written), 1), most) if written.isdecimal() else 1


def _refuse_doctype(*_: object) -> None:
    raise UnsafeXmlError
