"""A workbook of any spreadsheet program as sheets of text rows; each is scanned before it is loaded."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.reading.cell_text import CellValue, cell_text, has_lost_digits
from etl.reading.merged_cells import MergedCells
from etl.reading.ods_scan import scan_ods
from etl.reading.sheet_scan import MergedRange, SheetScan, column_letters
from etl.reading.sniffing import REFUSED_KINDS, FileKind, refuse_unreadable, sniff
from etl.reading.spreadsheet_guard import damaged, guard_archive
from etl.reading.written_rows import RowTally, WrittenRow, is_blank
from etl.reading.xls_scan import LockedWorkbookError, scan_xls
from etl.reading.xlsx_scan import scan_xlsx
from wording import Refusal

# Measured: a loaded cell takes 25–40 bytes in .xlsx and .xls, 62 in .ods.
MAX_CELLS = 20_000_000
MAX_ODS_CELLS = 10_000_000
MAX_VALUED = 10_000_000
MAX_MERGED_AREA = 5_000_000


@dataclass
class Workbook:
    """One file; its sheets are loaded one at a time."""

    path: Path
    file: str
    kind: FileKind
    visible: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    scans: dict[str, SheetScan] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path, file: str) -> Workbook:
        kind = sniff(path)
        refuse_unreadable(kind, file)
        if kind not in (FileKind.XLSX, FileKind.XLS, FileKind.ODS):
            raise Refusal("{file} is no workbook. Save it as an .xlsx workbook.", file=file)
        book = cls(path, file, kind)
        if kind is not FileKind.XLS:
            guard_archive(path, file)
        if kind is FileKind.ODS:
            with _clear_sentences(file):
                book.scans = scan_ods(path)
            book._guard_cells(book.scans, MAX_ODS_CELLS)
        scans = book._scan_old() if kind is FileKind.XLS else []
        book._list_sheets(scans)
        return book

    def _loaded(self) -> CalamineWorkbook:
        """The library goes by the name's ending where it knows it, so a misleading one is kept from it."""
        if self.path.suffix.lower() == f".{self.kind.value}":
            return CalamineWorkbook.from_path(self.path)
        return CalamineWorkbook.from_filelike(io.BytesIO(self.path.read_bytes()))

    def _scan_old(self) -> list[SheetScan]:
        with _clear_sentences(self.file):
            scans = scan_xls(self.path)
        self._guard_cells({str(place): scan for place, scan in enumerate(scans, 1)}, MAX_CELLS)
        return scans

    def _list_sheets(self, scans: list[SheetScan]) -> None:
        with _clear_sentences(self.file), self._loaded() as book:
            if self.kind is FileKind.XLS and len(scans) != len(book.sheets_metadata):
                raise damaged(self.file)
            for place, sheet in enumerate(book.sheets_metadata):
                if place < len(scans):
                    self.scans[sheet.name] = scans[place]
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    is_visible = sheet.visible == SheetVisibleEnum.Visible
                    (self.visible if is_visible else self.hidden).append(sheet.name)

    def scan(self, sheet: str) -> SheetScan:
        """How far the sheet reaches; refuses it where it would fill the memory."""
        if sheet not in self.scans:
            with _clear_sentences(self.file):
                found = scan_xlsx(self.path, sheet) if self.kind is FileKind.XLSX else SheetScan()
            if found is None:
                raise damaged(self.file)
            self._guard_cells({sheet: found}, MAX_CELLS)
            self.scans[sheet] = found
        return self.scans[sheet]

    def _guard_cells(self, scans: dict[str, SheetScan], most: int) -> None:
        cells = sum(scan.cells for scan in scans.values())
        if cells <= most and sum(scan.valued for scan in scans.values()) <= MAX_VALUED:
            return
        sheet, largest = max(scans.items(), key=lambda item: item[1].cells)
        raise Refusal(
            "{file}, sheet {sheet} reaches to cell {cell}: {cells} million cells, too many to open. Delete "
            "all rows below the table and all columns to its right, and save it again; or save the table as "
            "CSV.",
            file=self.file,
            sheet=sheet,
            cell=f"{column_letters(largest.last_column)}{largest.last_row + 1}",
            cells=round(cells / 1e6, 1),
        )

    def merges(self, sheet: str) -> list[MergedRange]:
        """The merged ranges, cut to the part of the sheet that holds values."""
        scan = self.scan(sheet)
        ranges = scan.merges if self.kind is not FileKind.XLS else self._old_merges(sheet)
        cut = [
            MergedRange(top, left, min(bottom, scan.last_row), min(right, scan.last_column))
            for top, left, bottom, right in ranges
            if top <= scan.last_row and left <= scan.last_column
        ]
        area = sum((merged.bottom - merged.top + 1) * (merged.right - merged.left + 1) for merged in cut)
        if area > MAX_MERGED_AREA or scan.too_many_merges:
            raise Refusal(
                "{file}, sheet {sheet} has too many merged cells. Select the whole sheet, take the merging "
                "off and save it again.",
                file=self.file,
                sheet=sheet,
            )
        return cut

    def _old_merges(self, sheet: str) -> list[MergedRange]:
        with _clear_sentences(self.file), self._loaded() as book:
            ranges = book.get_sheet_by_name(sheet).merged_cell_ranges or []
        return [MergedRange(*first, *last) for first, last in ranges]

    def rows(self, sheet: str, long_numbers: RowTally) -> Iterator[WrittenRow]:
        """Every row that is not blank, with merged cells filled in and errors shown as in Excel."""
        scan = self.scan(sheet)
        if scan.last_column < 0:
            return
        merged = MergedCells(self.merges(sheet), scan.first_column)
        for index, values in enumerate(self._values(sheet, scan)):
            if index not in scan.faults and values.count("") == len(values):
                yield WrittenRow(index + 1, [], None, 0)
                continue
            cells = [cell_text(value) for value in values]
            for column, text in scan.texts.get(index, {}).items():
                cells[column - scan.first_column] = text
            own_cells = 0 if is_blank(cells) else sum(1 for cell in cells if cell)
            merged.fill(index, cells)
            if any(has_lost_digits(value) for value in values):
                long_numbers.add(index + 1)
            yield WrittenRow(index + 1, cells, scan.faults.get(index), own_cells)

    def _values(self, sheet: str, scan: SheetScan) -> Iterator[list[CellValue]]:
        """Rows from the first to the last that the scan saw, all from its first to its last column."""
        width = scan.last_column - scan.first_column + 1
        given = 0
        with _clear_sentences(self.file), self._loaded() as book:
            loaded = book.get_sheet_by_name(sheet)
            start = loaded.start
            if start is not None:
                shift = start[1] - scan.first_column
                for values in loaded.iter_rows():
                    whole: list[CellValue] = [""] * shift + values if shift > 0 else list(values[-shift or 0 :])
                    yield (whole + [""] * (width - len(whole)))[:width]
                    given += 1
        for _ in range(given, scan.last_row + 1):
            yield [""] * width


@contextmanager
def _clear_sentences(file: str) -> Iterator[None]:
    """Turns what the libraries say of a broken or locked workbook into a sentence for people."""
    try:
        yield
    except (PasswordError, LockedWorkbookError) as locked:
        raise Refusal(REFUSED_KINDS[FileKind.ENCRYPTED_WORKBOOK], file=file) from locked
    except (
        CalamineError,
        ExpatError,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as broken:
        raise damaged(file) from broken
    except BaseException as other:
        # The library's own panics derive from nothing more precise.
        if type(other).__name__ == "PanicException":
            raise damaged(file) from other
        raise
