from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from etl.reading.delimited_text import read_delimited
from etl.reading.raw_table import RawTable
from etl.reading.text_lines import TextFile
from tests.etl.reading.table_reading import cells_of, heading_score, notes_of, numbers_and_faults, rows_of
from wording import Refusal

HEADINGS = ["名称", "经度", "纬度", "备注"]


def read(path: Path, content: bytes | str) -> RawTable:
    path = path / "表.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (table,) = read_delimited(path, "表.csv", heading_score)
    return table


# The marks of totals, headings and faults have tests of their own.
CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters="\ufffd锟烫屯计")
    | st.sampled_from(list(",;\t|，\"'\n\r 驿站甲乙0123456789.-")),
    max_size=12,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
    delimiter=st.sampled_from([",", ";", "\t", "|", "，"]),
    end=st.sampled_from(["\r\n", "\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_csv_writes_comes_back(
    tmp_path: Path, *, rows: list[list[str]], encoding: str, delimiter: str, end: str, quoting: Literal[0, 1]
) -> None:
    rows = [["站" + row[0], *row[1:]] for row in rows]
    # Before Python 3.13 the writer leaves such a carriage return bare: no reader can tell it from a line end.
    assume(end == "\r\n" or quoting == csv.QUOTE_ALL or not any("\r" in cell for row in rows for cell in row))
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([HEADINGS, *rows])
    table = read(tmp_path, written.getvalue().encode(encoding))
    assert table.columns == HEADINGS
    assert cells_of(table) == [[cell or None for cell in row] for row in rows]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf8_with_or_without_a_byte_order_mark(tmp_path: Path, mark: str) -> None:
    table = read(tmp_path, f"{mark}名称,经度\n城关驿站,107.2\n")
    assert rows_of(table) == [{"_row": 2, "_fault": None, "名称": "城关驿站", "经度": "107.2"}]


def test_an_encoding_that_changes_late_is_read_line_by_line(tmp_path: Path) -> None:
    early = "".join(f"崆峒驿站{i},107.{i},司机\n" for i in range(60_000)).encode()
    late = "泾川驿站,107.3,热水\n庄浪驿站,106.0,淋浴\n".encode("gb18030")
    assert len(early) > 1 << 20
    table = read(tmp_path, "名称,经度,备注\n".encode() + early + late)
    rows = cells_of(table)
    assert rows[-2:] == [["泾川驿站", "107.3", "热水"], ["庄浪驿站", "106.0", "淋浴"]]
    assert rows[0] == ["崆峒驿站0", "107.0", "司机"]
    assert "2 lines are GB18030 (line 60002, 60003)" in notes_of(table)


def test_short_gbk_words_that_look_like_utf8_stay_gbk(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,备注\n联通,a\n泾川驿站,b\n".encode("gb18030"))
    assert cells_of(table) == [["联通", "a"], ["泾川驿站", "b"]]


def test_invalid_bytes_fault_their_row_only(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,备注\n甲站,好\n".encode() + b"\xe4\xb9\x99\xff\xe7\xab\x99,x\n" + "丙站,好\n".encode())
    assert numbers_and_faults(table) == [(2, None), (3, "unreadable_bytes"), (4, None)]


def test_one_bad_byte_does_not_turn_utf8_into_gbk(tmp_path: Path) -> None:
    bad = "乙驿站在泾川县".encode()[:-1] + b",x\n"
    table = read(tmp_path, "名称,备注\n".encode() + bad)
    ((name, _),) = cells_of(table)
    assert str(name).startswith("乙驿站在泾川")


@pytest.mark.parametrize("garbled", ["锟斤拷锟斤拷", "æ±½è½¦ç«™", "姹借溅绔�".rstrip("�") + "欙", "³µÕ¾Æ½Á¹"])
def test_mojibake_in_a_value_faults_the_row(tmp_path: Path, garbled: str) -> None:
    table = read(tmp_path, f"名称,备注\n{garbled},x\n正常驿站,José Müller\n")
    assert numbers_and_faults(table) == [(2, "mojibake"), (3, None)]


def test_mojibake_in_the_headings_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="garbled"):
        read(tmp_path, "鍚嶇О锛堢珯锛�".rstrip("�") + ",锟斤拷\na,b\n")


def test_a_quoted_field_may_hold_newlines(tmp_path: Path) -> None:
    table = read(tmp_path, '名称,备注\n甲,"一\n二\n三"\n乙,x\n')
    assert cells_of(table) == [["甲", "一\n二\n三"], ["乙", "x"]]
    table = read(tmp_path, '名称,备注\n甲,"一\n二\n三"\n乙,x\n')
    assert numbers_and_faults(table) == [(2, None), (5, None)]


def test_an_open_quote_costs_one_row(tmp_path: Path) -> None:
    rows = "".join(f"站{i},{i}\n" for i in range(1000))
    table = read(tmp_path, f'名称,备注\n甲,"open\n{rows}')
    faults = numbers_and_faults(table)
    assert faults[0] == (2, "unbalanced_quote")
    assert len(faults) == 1001
    assert {fault for _, fault in faults[1:]} == {None}


def test_an_open_quote_met_by_a_later_quoted_field_costs_one_row(tmp_path: Path) -> None:
    table = read(tmp_path, '名称,备注\n甲,"open\n乙,x\n丙,"quoted"\n')
    assert numbers_and_faults(table) == [(2, "unbalanced_quote"), (3, None), (4, None)]


def test_stray_quotes_that_change_nothing_are_kept(tmp_path: Path) -> None:
    table = read(tmp_path, '名称,备注\n"老王"驿站,x\n5" 管,y\n')
    assert cells_of(table) == [['"老王"驿站', "x"], ['5" 管', "y"]]


def test_too_many_and_too_few_fields(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,经度,备注\n甲,1,x,y,z\n乙,2,x,,\n丙,3\n")
    rows = rows_of(table)
    assert [row["_fault"] for row in rows] == ["too_many_fields", None, None]
    assert rows[0]["备注"] == "x,y,z"
    assert rows[2]["备注"] is None
    assert "fewer cells than headings: 1 (row 4)" in notes_of(table)


def test_nul_bytes_are_taken_out_and_noted(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,备注\n甲\0站,x\n乙,y\n")
    assert cells_of(table) == [["甲站", "x"], ["乙", "y"]]
    assert "NUL bytes were taken out of 1 lines (line 2)" in notes_of(table)


def test_a_giant_line_is_cut_at_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "giant.csv"
    with path.open("wb") as out:
        out.write("名称,备注\n甲,".encode())
        for _ in range(60):
            out.write(b"x" * (1 << 20))
        out.write("\n乙,y\n".encode())
    tracemalloc.start()
    (table,) = read_delimited(path, "giant.csv", heading_score)
    rows = rows_of(table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(row["_row"], row["_fault"]) for row in rows] == [(2, "giant_line"), (3, None)]
    assert 1000 < len(str(rows[0]["备注"])) <= 10_000
    assert peak < 30 << 20


def test_one_column_without_any_delimiter(tmp_path: Path) -> None:
    table = read(tmp_path, "名称\n甲\n乙\n")
    assert table.columns == ["名称"]
    assert cells_of(table) == [["甲"], ["乙"]]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_any_line_end(tmp_path: Path, end: str) -> None:
    table = read(tmp_path, end.join(["名称,备注", "甲,x", "", "乙,y"]))
    assert numbers_and_faults(table) == [(2, None), (4, None)]


def test_unknown_headings_are_told_by_evenness(tmp_path: Path) -> None:
    table = read(tmp_path, "站点|地址\n甲|崆峒区, 1号\n乙|泾川县, 2号, 东\n")
    assert table.columns == ["站点", "地址"]


def test_gzip_is_read_in_a_stream(tmp_path: Path) -> None:
    table = read(tmp_path, gzip.compress("名称,备注\n甲,x\n".encode("gb18030")))
    assert cells_of(table) == [["甲", "x"]]


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="damaged"):
        read(tmp_path, gzip.compress("名称,备注\n甲,x\n".encode() * 1000)[:-20])


def test_a_gzip_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"x" * 3_000_000))
    with pytest.raises(Refusal, match="unpacks to more than 2 MB"):
        TextFile.open(path, "bomb.gz", max_unpacked_bytes=2 << 20)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n , ,\n"])
def test_a_file_without_rows_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refusal):
        read(tmp_path, content)


def test_many_open_quotes_stay_quick(tmp_path: Path) -> None:
    lines = "".join(f'站{i},"x{i}\n' for i in range(0, 40_000, 2)) + "终,y\n"
    table = read(tmp_path, "名称,备注\n" + lines.replace('"x', '"x,"'))
    assert len(rows_of(table)) == 20_001
