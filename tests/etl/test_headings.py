"""Headings find their columns without being told."""

from __future__ import annotations

import pytest

from etl.headings import heading_form, match_headings, score_headings
from etl.sources import NOUNS
from wording import Refusal

STATIONS, DRIVERS, PINGS = NOUNS["stations"], NOUNS["drivers"], NOUNS["pings"]


@pytest.mark.parametrize(
    ("heading", "form"),
    [("停车位（个）", "停车位"), ("* 名 称：", "名称"), ("ＩＤ", "id"), ("投资(万元)", "投资"), ("（备注）", "备注")],
)
def test_a_heading_is_compared_without_its_trimmings(heading: str, form: str) -> None:
    assert heading_form(heading) == heading_form(form)


def test_a_ledger_needs_no_mapping() -> None:
    found = match_headings(
        STATIONS, {}, ["编号", "站名", "驿站类型", "停车位（个）", "投资（万元）", "经度", "纬度", "备注"], "a.xlsx"
    )
    assert found.by_column == {
        "station_id": "编号", "name": "站名", "tier": "驿站类型", "bays": "停车位（个）", "cost_yuan": "投资（万元）",
        "lon": "经度", "lat": "纬度",
    }  # fmt: skip
    assert found.units == {"cost_yuan": "万元"}
    assert found.unused == ("备注",)


def test_the_word_that_says_more_wins() -> None:
    assert match_headings(STATIONS, {}, ["名称", "驿站名称"], "a").by_column["name"] == "名称"
    assert match_headings(DRIVERS, {}, ["身份证号", "编号"], "a").by_column["driver_id"] == "编号"


def test_columns_of_ticks_become_one_list() -> None:
    found = match_headings(STATIONS, {}, ["站名", "服务设施/停车", "服务设施/热水", "淋浴（间）"], "a")
    assert found.ticks == {
        "facilities": {"服务设施/停车": "parking", "服务设施/热水": "hot_water", "淋浴（间）": "shower"}
    }


def test_a_mapping_comes_before_the_known_words() -> None:
    found = match_headings(PINGS, {"vehicle": "终端"}, ["车牌号", "终端", "定位时间"], "a")
    assert found.by_column["vehicle"] == "终端"


def test_a_mapping_to_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refusal) as refused:
        match_headings(STATIONS, {"name": "全称"}, ["站名", "经度"], "files/台账.xlsx")
    assert "files/台账.xlsx" in str(refused.value)
    assert "站名、经度" in str(refused.value)


def test_a_heading_repeated_by_a_merged_cell_counts_once() -> None:
    upper = ["编号", "站名", "服务设施", "服务设施", "服务设施"]
    lower = ["编号", "站名", "停车", "热水", "淋浴"]
    assert score_headings(STATIONS, {}, upper) < score_headings(STATIONS, {}, lower)
