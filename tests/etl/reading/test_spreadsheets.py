from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.reading.spreadsheets import read_spreadsheet
from tests.etl.reading.ods_writer import row, text_cell, value_cell, write_ods
from tests.etl.reading.ole_writer import Cell, write_xls
from tests.etl.reading.table_reading import cells_of, heading_score, notes_of, numbers_and_faults, rows_of
from wording import Refusal

HEADINGS = ["名称", "经度", "备注"]


def write(path: Path, rows: list[list[Any]], sheet: str = "台账") -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for cells in rows:
        page.append(cells)
    book.save(path)
    return path


def test_values_become_text_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        formats = {
            shown: book.add_format({"num_format": shown})
            for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "0.0%", "[h]:mm:ss", 'yyyy"年"m"月"d"日"')
        }
        page.write(1, 1, 3.0)
        page.write(2, 1, 107.123456)
        page.write_string(3, 1, "1234567890123456789")
        page.write_datetime(4, 1, dt.datetime(2026, 3, 2), formats["yyyy-mm-dd"])
        page.write_datetime(5, 1, dt.datetime(2026, 3, 2, 8, 30), formats["yyyy-mm-dd hh:mm:ss"])
        page.write(6, 1, 0.123, formats["0.0%"])
        page.write(7, 1, 1.5, formats["[h]:mm:ss"])
        page.write(8, 1, True)  # noqa: FBT003  (the value under test)
        page.write_datetime(9, 1, dt.datetime(2026, 3, 2), formats['yyyy"年"m"月"d"日"'])
        page.write_string(10, 1, "007 ")
        page.write(11, 1, 620802001001)
        for i in range(1, 12):
            page.write(i, 0, f"站{i}")
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    assert [cells[1] for cells in cells_of(table)] == [
        "3",
        "107.123456",
        "1234567890123456789",
        "2026-03-02",
        "2026-03-02 08:30:00",
        "0.123",
        "36:00:00",
        "true",
        "2026-03-02",
        "007 ",
        "620802001001",
    ]


def test_ids_typed_as_numbers_are_noted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEADINGS, ["甲", 1234567890123456789, ""], ["乙", 5, ""]])
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    assert cells_of(table)[0][1] == "1.234567890123457e+18"
    assert "lost their last digits: 1 rows (row 2)" in notes_of(table)


def test_rows_keep_the_number_that_excel_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(1, 1, "某县驿站台账")
        for column, heading in enumerate(HEADINGS, 2):
            page.write(4, column, heading)
        page.write(6, 2, "甲")
        page.write(9, 2, "乙")
        page.write(10, 2, "合计")
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    assert table.columns == ["column_1", *HEADINGS]
    assert [number for number, _ in numbers_and_faults(table)] == [7, 10]
    notes = notes_of(table)
    assert "stand above the headings" in notes
    assert "Total rows were left out: 1 (row 11)" in notes


def test_errors_and_formulas_without_value_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, ["甲", 1])
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        page.write_row(2, 0, ["乙", 1])
        page.write_formula(2, 2, "=A3&B3", None, "")
        page.write_row(3, 0, ["丙", 1])
        page.write_formula(3, 2, "=1+1", None, 2)
        page.write_row(4, 0, ["丁", 1, "#N/A 是文字"])
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    rows = rows_of(table)
    assert [row["_fault"] for row in rows] == ["formula_error", "formula_without_value", None, None]
    assert [row["备注"] for row in rows] == ["#DIV/0!", "=A3&B3", "2", "#N/A 是文字"]


def test_a_sheet_of_formulas_never_calculated_loses_no_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEADINGS, ["甲", 1, "x"], ["=A2", "=B2", "=C2"], ["=A3", "=B3", "=C3"]])
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    assert numbers_and_faults(table) == [
        (2, None),
        (3, "formula_without_value"),
        (4, "formula_without_value"),
    ]


def test_merged_cells_reach_every_row_they_span(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 3, "某县驿站台账")
        page.merge_range(1, 0, 2, 0, "类型")
        page.merge_range(1, 1, 1, 2, "位置")
        page.merge_range(1, 3, 2, 3, "备注")
        page.write_row(2, 1, ["经度", "纬度"])
        page.merge_range(3, 0, 5, 0, "驿站")
        page.write_row(3, 1, [1, 2, "a"])
        page.write_row(4, 1, [3, 4, "b"])
        page.write_row(6, 0, ["服务点", 5, 6, "c"])
    (table,) = read_spreadsheet(path, "a.xlsx", heading_score, None)
    assert table.columns == ["类型", "经度", "纬度", "备注"]
    assert cells_of(table) == [["驿站", "1", "2", "a"], ["驿站", "3", "4", "b"], ["服务点", "5", "6", "c"]]
    assert "Merged cells were copied into every row they span: 1." in notes_of(table)


def three_sheets(path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "说明"
    first.append(["本表由县局填写"])
    for name in ("城区", "乡镇", "旧数据"):
        page = book.create_sheet(name)
        page.append(HEADINGS)
        page.append([f"{name}站", 1, ""])
    book["旧数据"].sheet_state = "hidden"
    book.save(path)
    return path


def test_every_visible_sheet_with_known_headings_is_read(tmp_path: Path) -> None:
    tables = read_spreadsheet(three_sheets(tmp_path / "a.xlsx"), "a.xlsx", heading_score, None)
    assert [table.sheet for table in tables] == ["城区", "乡镇"]
    notes = notes_of(tables[0])
    assert "Hidden sheets were left out: 旧数据" in notes
    assert "left out: 说明" in notes


def test_a_named_sheet_is_read_alone(tmp_path: Path) -> None:
    tables = read_spreadsheet(three_sheets(tmp_path / "a.xlsx"), "a.xlsx", heading_score, "旧数据")
    assert [cells_of(table)[0][0] for table in tables] == ["旧数据站"]


def test_a_wrong_name_lists_the_sheets(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read_spreadsheet(three_sheets(tmp_path / "a.xlsx"), "a.xlsx", heading_score, "Sheet9")
    assert "说明, 城区, 乡镇, 旧数据" in str(refused.value)


def test_without_known_headings_the_first_sheet_with_rows_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "空"
    book.create_sheet("甲表").append(["站点", "地址"])
    book.create_sheet("乙表").append(["其他", "地址"])
    book.save(tmp_path / "a.xlsx")
    tables = read_spreadsheet(tmp_path / "a.xlsx", "a.xlsx", heading_score, None)
    assert [table.sheet for table in tables] == ["甲表"]


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no rows"):
        read_spreadsheet(write(tmp_path / "a.xlsx", []), "a.xlsx", heading_score, None)


def test_a_sheet_that_holds_only_its_headings_gives_no_rows(tmp_path: Path) -> None:
    (table,) = read_spreadsheet(write(tmp_path / "a.xlsx", [HEADINGS]), "a.xlsx", heading_score, None)
    assert rows_of(table) == []


def test_an_old_xls(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    write_xls(
        path,
        {"台账": [["名称", "经度", "备注"], ["甲", 107.25, True], ["乙", 3.0, "#N/A"], ["丙", 4.0, None]]},
    )
    (table,) = read_spreadsheet(path, "a.xls", heading_score, None)
    assert [row["_fault"] for row in rows_of(table)] == [None, "formula_error", None]
    (table,) = read_spreadsheet(path, "a.xls", heading_score, None)
    assert cells_of(table) == [["甲", "107.25", "true"], ["乙", "3", "#N/A"], ["丙", "4", None]]


def test_an_xls_of_many_far_cells_is_refused(tmp_path: Path) -> None:
    far: list[list[Cell]] = [["名称"], *([] for _ in range(65_000)), [*[None] * 200, "x"]]
    write_xls(tmp_path / "a.xls", {f"s{i}": far for i in range(3)})
    with pytest.raises(Refusal, match="reaches to cell"):
        read_spreadsheet(tmp_path / "a.xls", "a.xls", heading_score, None)


def test_an_xls_that_claims_an_impossible_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    write_xls(path, {"台账": [["名称", "经度"], ["甲", 1.0]]})
    content = path.read_bytes()
    size = struct.pack("<HHIIHH", 0x0200, 14, 0, 2, 0, 2)
    assert size in content
    path.write_bytes(content.replace(size, struct.pack("<HHIIHH", 0x0200, 14, 0, 0xFFFFFFF0, 0, 2)))
    with pytest.raises(Refusal, match="damaged"):
        read_spreadsheet(path, "a.xls", heading_score, None)


def test_an_ods(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    headings = row(*(text_cell(heading) for heading in ("名称", "类型", "经度", "备注")))
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = [
        headings,
        row(
            text_cell("甲"),
            text_cell("驿站", 'table:number-rows-spanned="2"'),
            value_cell("float", "value", "107.25"),
            value_cell("date", "date-value", "2026-03-02"),
        ),
        row(
            text_cell("乙"),
            "<table:covered-table-cell/>",
            value_cell("float", "value", "3"),
            value_cell("boolean", "boolean-value", "true"),
        ),
        row(
            text_cell("丙"),
            text_cell("点"),
            value_cell("string", "string-value", "", 'table:formula="of:=NA()" calcext:value-type="error"'),
        ),
        row(text_cell("丁"), text_cell("点"), '<table:table-cell table:formula="of:=1+1"/>'),
        row(empty, attributes='table:number-rows-repeated="1048000"'),
    ]
    write_ods(path, {"台账": "".join(rows), "旧": headings}, hidden=("旧",))
    (table,) = read_spreadsheet(path, "a.ods", heading_score, None)
    read = rows_of(table)
    assert [list(found.values())[2:] for found in read[:2]] == [
        ["甲", "驿站", "107.25", "2026-03-02"],
        ["乙", "驿站", "3", "true"],
    ]
    assert [found["_fault"] for found in read] == [None, None, "formula_error", "formula_without_value"]
    assert "Hidden sheets were left out: 旧" in notes_of(table)


def test_an_ods_that_repeats_a_value_without_end_is_refused(tmp_path: Path) -> None:
    bomb = row(
        text_cell("x", 'table:number-columns-repeated="16384"'),
        attributes='table:number-rows-repeated="1048576"',
    )
    write_ods(tmp_path / "a.ods", {"s": bomb})
    with pytest.raises(Refusal, match="XFD1048576"):
        read_spreadsheet(tmp_path / "a.ods", "a.ods", heading_score, None)
