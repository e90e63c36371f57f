from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.reading.spreadsheets import read_spreadsheet
from tests.etl.reading.ole_writer import write_container
from tests.etl.reading.table_reading import heading_score
from wording import Refusal


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["名称", "经度"])
    book.worksheets[0].append(["甲", 1])
    book.save(path)
    return path


def changed(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one member replaced."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, old in (members | {name: content}).items():
            archive.writestr(member, old if member != name else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refusal) as refused:
        read_spreadsheet(path, "a.xlsx", heading_score, None)
    return refused.value.message.text


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = changed(workbook(tmp_path / "a.xlsx"), "xl/media/x.xml", b" " * (300 << 20))
    assert path.stat().st_size < 500_000
    assert "would unpack" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'.encode(encoding)
    assert "document type" in refusal(changed(workbook(tmp_path / "a.xlsx"), "xl/sharedStrings.xml", xml))


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Workbook.xml", "<workbook/>")
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_cut_workbook_is_refused(tmp_path: Path, at: float) -> None:
    path = workbook(tmp_path / "a.xlsx")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * at)])
    assert refusal(path)


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    path = changed(workbook(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")
    assert "damaged" in refusal(path)


def test_a_sheet_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert "damaged" in refusal(
        changed(workbook(tmp_path / "a.xlsx"), "xl/_rels/workbook.xml.rels", b"<Relationships/>")
    )


def test_a_locked_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_container(path, {"EncryptionInfo": b"x" * 5000, "EncryptedPackage": b"y" * 9000})
    assert "password" in refusal(path)


def test_a_web_page_named_xls_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><head><meta charset='gbk'></head><table><tr><td>名称</td></tr></table></html>", "gb18030")
    assert "web page" in refusal(path)
