from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.kpis import kpi, kpis
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path


from tests.planning.kpi_place import STATIONS, built, said, station


def test_what_no_source_tells_is_unknown_and_not_0(tmp_path: Path) -> None:
    atlas = built(tmp_path / "place")
    for one in kpis(atlas):
        assert (one.name, one.value, one.is_lower_bound) == (one.name, None, False)
        assert one.value_text == "未知"


def test_no_open_station_among_known_ones_is_0(tmp_path: Path) -> None:
    atlas = built(tmp_path / "place", ("stations", [STATIONS, station(1, status="停用")]))
    assert said(atlas, "stations_open") == (0, False)
    assert said(atlas, "bays_open") == (0, False)
    assert said(atlas, "facilities_complete_pct") == (None, False)


def test_unknown_status_bays_and_facilities_make_lower_bounds(tmp_path: Path) -> None:
    ledger = [STATIONS, station(1), station(2, bays="", facilities="停车"), station(3, facilities="")]
    atlas = built(tmp_path / "known", ("stations", ledger))
    assert said(atlas, "stations_open") == (3, False)
    assert said(atlas, "bays_open") == (20, True)
    value, is_lower_bound = said(atlas, "facilities_complete_pct")
    assert (value, is_lower_bound) == (pytest.approx(100 / 3), True)
    assert kpi(atlas, "facilities_complete_pct").value_text == "≥ 33.3"
    doubtful = built(tmp_path / "doubtful", ("stations", [*ledger, station(4, status="")]))
    assert said(doubtful, "stations_open") == (3, True)
    unknown = built(tmp_path / "unknown", ("stations", [STATIONS, station(1, status="")]))
    assert said(unknown, "stations_open") == (None, False)


def test_a_refused_source_makes_a_count_a_lower_bound(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place").add("stations", "a.csv", [STATIONS, station(1)])
    (place.folder / "files" / "b.csv").write_bytes(b"%PDF-1.4 no table at all")
    place.add("stations", "b.csv", name="乡镇报来")
    result, _ = place.build()
    assert result.refusals
    assert said(open_atlas(place.folder), "stations_open") == (1, True)


TICKS = ["停车", "热水", "饭菜加热", "淋浴", "洗衣"]


def test_facilities_that_the_ledger_does_not_know_may_be_there(tmp_path: Path) -> None:
    where = ["服务站", "运营", 107.35, 35.33]
    ledger = [
        ["编号", "站名", "类型", "状态", "经度", "纬度", *TICKS],
        ["1", "甲", *where, "√", "√", "√", "*", "√"],
        ["2", "乙", *where, "√", "√", "√", "*", ""],
        ["3", "丙", *where, "√", "√", "√", "√", "√"],
    ]
    atlas = built(tmp_path / "place", ("stations", ledger))
    assert said(atlas, "facilities_complete_pct") == (pytest.approx(100 / 3), True)
    told = [(part.value, part.is_lower_bound) for part in kpi(atlas, "facilities_complete_pct").parts]
    assert told == [
        (1, False), (1, False), (1, False), (3, False), (3, False), (3, False), (1, True), (2, False),
    ]  # fmt: skip


INCIDENTS = ["编号", "类型", "发生时间", "严重程度", "死亡人数", "桩号"]


def test_deaths_within_the_newest_year_only(tmp_path: Path) -> None:
    written = [
        INCIDENTS,
        ["1", "事故", "2024-05-01 10:00", "死亡", 7, ""],
        ["2", "事故", "2025-02-01 10:00", "死亡", 2, ""],
        ["3", "事故", "2025-06-01 10:00", "伤人", "", ""],
        ["4", "违法", "2025-06-02 10:00", "", "", ""],
    ]
    known = built(tmp_path / "known", ("incidents", written))
    assert said(known, "incidents_deaths_year") == (2, False)
    assert "2024-06-02" in kpi(known, "incidents_deaths_year").sentence
    fatal = ["5", "事故", "2025-03-01 10:00", "死亡", "", ""]
    assert said(built(tmp_path / "fatal", ("incidents", [*written, fatal])), "incidents_deaths_year") == (2, True)
