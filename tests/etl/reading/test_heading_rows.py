from __future__ import annotations

from pathlib import Path

import pytest

from etl.reading.delimited_text import read_delimited
from etl.reading.heading_rows import Headings, find_headings
from etl.reading.raw_table import RawTable
from etl.reading.written_rows import WrittenRow
from tests.etl.reading.table_reading import cells_of, heading_score, notes_of
from wording import Refusal


def found(*rows: list[str]) -> Headings:
    return find_headings([WrittenRow(i, row) for i, row in enumerate(rows, 1)], heading_score, "表.csv", None)


def read(tmp_path: Path, content: str) -> RawTable:
    path = tmp_path / "表.csv"
    path.write_text(content, "utf-8")
    (table,) = read_delimited(path, "表.csv", heading_score)
    return table


def test_titles_above_are_left_out_and_noted() -> None:
    headings = found(["某县驿站台账", "", ""], ["", "", "单位：个"], ["名称", "经度", "纬度"], ["甲", "1", "2"])
    assert headings.columns == ["名称", "经度", "纬度"]
    assert headings.last_row == 3
    assert headings.notes[0].values == {"first": 1, "last": 2}


def test_a_row_of_units_belongs_to_the_headings() -> None:
    headings = found(["名称", "经度", "纬度"], ["", "（度）", "（度）"], ["甲", "1", "2"])
    assert headings.last_row == 2
    assert headings.next_index == 2


def test_two_heading_rows_combine_to_the_lower() -> None:
    headings = found(["名称", "位置", "", "设施", ""], ["", "经度", "纬度", "停车", "淋浴"], ["甲", "1", "2", "√", ""])
    assert headings.columns == ["名称", "经度", "纬度", "停车", "淋浴"]
    assert headings.last_row == 2


def test_lower_headings_that_repeat_carry_the_upper() -> None:
    headings = found(
        ["名称", "上行", "", "下行", ""], ["", "桩号", "停车", "桩号", "停车"], ["甲", "K1", "1", "K2", "2"]
    )
    assert headings.columns == ["名称", "上行/桩号", "上行/停车", "下行/桩号", "下行/停车"]


def test_cells_merged_downwards_show_two_heading_rows() -> None:
    headings = found(["名称", "位置", "位置"], ["名称", "经度", "纬度"], ["甲", "1", "2"])
    assert headings.columns == ["名称", "经度", "纬度"]
    assert headings.notes == []


def test_a_data_row_of_text_is_no_second_heading_row() -> None:
    headings = found(["名称", "类型", "备注"], ["城关", "驿站", ""])
    assert headings.last_row == 1


def test_repeated_headings_become_unique_whatever_their_capitals() -> None:
    headings = found(["名称", "名称", "Name", "name", "名称 (2)", "", "_row"], ["甲", "乙", "a", "b", "c", "d", "e"])
    assert headings.columns == ["名称", "名称 (3)", "Name", "name (2)", "名称 (2)", "column_6", "_row (2)"]
    assert len({column.casefold() for column in headings.columns}) == 7


def test_newlines_and_invisible_signs_leave_a_heading() -> None:
    assert found(["名称\n", "经\u200b度", " 停车 "]).columns == ["名称", "经度", "停车"]


def test_unknown_headings_in_the_first_row_are_accepted() -> None:
    headings = found(["站点名", "东西位置"], ["甲", "1"])
    assert headings.columns == ["站点名", "东西位置"]
    assert headings.score == 0


def test_unknown_headings_below_a_title_are_accepted() -> None:
    assert found(["某某台账", ""], ["站点名", "东西位置"], ["甲", "1"]).columns == ["站点名", "东西位置"]


def test_a_table_without_headings_is_refused_and_its_values_are_not_repeated() -> None:
    with pytest.raises(Refusal) as refused:
        found(["1", "107.2", "35.3", "甲"], ["2", "107.1", "35.2", "乙"])
    assert "107.2" not in str(refused.value)
    assert "[source.columns]" in str(refused.value)


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Refusal, match="columns"):
        found([f"c{i}" for i in range(3000)])


def test_totals_remarks_and_repeated_headings_are_left_out_and_noted(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "名称,经度,备注\n甲,1,x\n崆峒区小计,1,\n名称,经度,备注\n乙,2,x\n,,\n合计,3,\n注：不含在建\n其中甲为改建\n填表人：张三,审核：李四,\n",
    )
    assert cells_of(table) == [["甲", "1", "x"], ["乙", "2", "x"]]
    notes = notes_of(table)
    assert "Total rows were left out: 2 (row 3, 7)" in notes
    assert "Headings repeated further down were left out: 1 (row 4)" in notes
    assert "Blank rows were left out: 1 (row 6)" in notes
    assert "below the table were left out: 3 (row 8, 9, 10)" in notes


def test_what_may_be_a_name_is_left_out_only_at_the_end(tmp_path: Path) -> None:
    table = read(tmp_path, "名称,经度,备注\nTotal,2.3,\n注：甲,,\n乙,2,x\nTotal,4.3,\n")
    assert [row[0] for row in cells_of(table)] == ["Total", "注：甲", "乙"]


@pytest.mark.parametrize("name", ["合计", "总 计", "共计：12", "泾川县小计", "合计12个"])
def test_words_of_totals(tmp_path: Path, name: str) -> None:
    assert cells_of(read(tmp_path, f"名称,经度,备注\n甲,1,x\n{name},5,\n")) == [["甲", "1", "x"]]


@pytest.mark.parametrize("name", ["合计算法服务站", "共计欠费三百元，请处理", "张会计修车行"])
def test_names_that_only_begin_like_totals_stay(tmp_path: Path, name: str) -> None:
    assert len(cells_of(read(tmp_path, f"名称,经度,备注\n{name.replace('，', '；')},5,x\n甲,1,x\n"))) == 2
