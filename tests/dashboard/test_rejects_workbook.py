from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.exports import rejects_workbook
from dashboard.exports.rejects_workbook import sheet_name, workbook_name, write_rejects
from planning.atlas import open_atlas
from planning.data_health import health_report
from tests.planning.health_build import HOSTILE, build_empty, build_health
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


def written(place: Path) -> bytes:
    target = io.BytesIO()
    write_rejects(health_report(open_atlas(place)), target)
    return target.getvalue()


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_source_with_refused_rows_has_a_sheet_with_the_offices_headings(tmp_path: Path) -> None:
    build_health(tmp_path)
    book = opened(written(tmp_path))
    assert book.sheetnames == ["stations"]
    rows = list(book["stations"].iter_rows(values_only=True))
    assert rows[0] == ("File", "Sheet", "Row", "Reasons", "What to do", "驿站名称", "停车位（个）", "启用日期")
    assert rows[1][:3] == ("files/驿站台账.xlsx", "驿站", 21)
    assert rows[1][4:] == (
        "Correct 停车位（个） in row 21, then build again.",
        "城东驿站",
        "-12",
        "2024-05-01",
    )
    assert rows[3][:3] == ("files/驿站补充.csv", None, 5)
    assert rows[3][5:] == (None, "0012", None)
    assert len(rows) == 4


def test_the_head_stays_in_sight_and_filters(tmp_path: Path) -> None:
    build_health(tmp_path)
    sheet = opened(written(tmp_path))["stations"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet["D2"].alignment.wrap_text
    assert all(8 <= sheet.column_dimensions[letter].width <= 43 for letter in "ABCDEFGH")


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    build_health(tmp_path, hostile=True)
    content = written(tmp_path)
    sheet = opened(content).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert set(HOSTILE) <= texts
    assert all(cell.number_format == "@" for cell in cells if isinstance(cell.value, str))
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if "hyperlink" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert b"<hyperlink" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_sheet_holds_so_many_rows_and_says_how_many_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejects_workbook, "ROWS_A_SHEET", 10)
    build_health(tmp_path, extra_rejects=20)
    sheet = opened(written(tmp_path))["stations"]
    assert sheet.max_row == 12
    assert sheet["A12"].value == "13 more rows were refused than fit here."
    assert sheet.auto_filter.ref == "A1:H11"


def test_nothing_refused_is_said(tmp_path: Path) -> None:
    build_empty(tmp_path)
    sheet = opened(written(tmp_path)).worksheets[0]
    assert sheet["A1"].value == "No row was refused."


def test_it_is_written_to_a_file_too(tmp_path: Path) -> None:
    build_health(tmp_path)
    target = tmp_path / "rejects.xlsx"
    write_rejects(health_report(open_atlas(tmp_path)), target)
    assert opened(target.read_bytes()).sheetnames == ["stations"]


def test_sheet_names_are_legal_and_differ() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(name, taken)
        for name in ("a[b]:c*d?e/f\\g", "'quoted'", "history", "长" * 40, "长" * 41, "", "驿站", "驿站", "X", "x")
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert not any(name.startswith("'") or name.endswith("'") or name.lower() == "history" for name in names)
    assert "驿站" in names
    assert "驿站 (2)" in names


def test_the_files_name_tells_place_and_build_and_that_data_are_made_up(tmp_path: Path) -> None:
    build_health(tmp_path, hostile=True)
    report = health_report(open_atlas(tmp_path))
    name = workbook_name(report)
    assert name.startswith("Refused rows_")
    assert name.endswith(f"_Sample data_{report.build.build_id}.xlsx")
    assert not set(name) & set('<>:"/\\|?*')
