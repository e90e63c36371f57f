"""What is not known stays so, grid by grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.grids import grids_of
from planning.grids.grid_row import Count, CoveredShare
from tests.planning.grids.placed_grids import WHOLE, box_m, grid, placed
from tests.planning.kpi_place import STATIONS, station

if TYPE_CHECKING:
    from pathlib import Path


def test_where_no_ledger_was_read_nothing_is_counted_as_none(tmp_path: Path) -> None:
    [row] = grids_of(placed(tmp_path / "place", grid("A", WHOLE))).rows
    assert row.drivers == Count(None)
    assert row.drivers.text == "未知"
    assert (row.stations, row.stations_open) == (None, None)
    assert row.requests_open == Count(None)
    assert row.covered_drivers == CoveredShare(None)
    assert row.to_json_dict()["stations_open"] is None
    assert row.health.surveyed_on is None
    assert row.health.complete_pct == round(100 / 6, 1)  # the post alone


def test_a_grid_that_says_nothing_makes_the_sum_above_a_bound(tmp_path: Path) -> None:
    answer = grids_of(
        placed(
            tmp_path / "place",
            grid("T", WHOLE, 层级="乡镇"),
            grid("A", box_m(0, 0, 5000, 9000), 上级编码="T", 司机数=12, 党员司机=6),
            grid("B", box_m(5000, 0, 9000, 9000), 上级编码="T", 司机数="*"),
        )
    )
    told = {row.grid_id: (row.drivers.text, row.party_drivers.text) for row in answer.rows}
    assert told == {"T": ("≥ 12", "≥ 6"), "A": ("12", "6"), "B": ("未知", "未知")}
    assert answer.drivers == Count(12, is_lower_bound=True)


def test_a_station_in_two_grids_is_one_on_the_grid_deepest_in_the_tree(tmp_path: Path) -> None:
    answer = grids_of(
        placed(
            tmp_path / "place",
            grid("T", WHOLE, 层级="乡镇"),
            grid("A", WHOLE, 上级编码="T"),
            grid("alone", box_m(0, 0, 9000, 9000)),
            sources={"stations": [STATIONS, station(1), station(2, status="拟建"), station(3, status="不详")]},
        )
    )
    told = {row.grid_id: row.stations for row in answer.rows}
    assert told == {
        "T": {"open": 1, "planned": 1, "unknown": 1},
        "A": {"open": 1, "planned": 1, "unknown": 1},
        "alone": {},
    }
    assert answer.stations_outside == 0


def test_a_request_without_a_position_lies_in_the_township_that_its_words_name(tmp_path: Path) -> None:
    headings = ["编号", "诉求时间", "乡镇", "地点", "经度", "纬度"]
    asked = [
        ["Q1", "2026-03-01 08:00", "", "", 107.33, 35.30],
        ["Q2", "2026-03-01 08:00", "网格T", "", "", ""],
        ["Q3", "2026-03-01 08:00", "", "网格T往北", "", ""],
        ["Q4", "2026-03-01 08:00", "", "某处", "", ""],
        ["Q5", "2026-03-01 08:00", "", "", 107.29, 35.30],
    ]
    answer = grids_of(
        placed(
            tmp_path / "place", grid("T", WHOLE, 层级="乡镇"), grid("A", WHOLE, 上级编码="T"),
            sources={"requests": [headings, *asked]},
        )
    )  # fmt: skip
    assert {row.grid_id: row.requests_open.value for row in answer.rows} == {"T": 3, "A": 1}
    assert (answer.requests_nowhere, answer.requests_outside) == (1, 1)


def test_numbers_are_written_as_they_are_meant() -> None:
    assert Count(1234).text == "1,234"
    assert Count(16, is_lower_bound=True, is_hidden=True).text == "≥ 16"
    assert Count(None, is_hidden=True, below=5).text == "< 5"
    assert Count(None, is_hidden=True).text == "隐去"
    assert CoveredShare(99.99).text == "> 99.9"
    assert CoveredShare(80.06, is_lower_bound=True).text == "≥ 80.0"
