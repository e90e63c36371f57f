from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.etl.bad_input.bad_file import check
from tests.etl.bad_input.tiny_place import Expected
from tests.etl.bad_input.values import BAD_VALUES

IDS = "select place_id, name from places order by row_number"
PEOPLE = "select place_id, people from places order by row_number"
BAYS = "select station_id, bays, cost_yuan from stations order by row_number"
COSTS = "select station_id, cost_yuan from stations order by row_number"
MARCH_5 = dt.date(2024, 3, 5)
MOMENTS = "select incident_id, happened_at::varchar from incidents order by row_number"
PINGS = "select row_number, pinged_at::varchar from pings order by row_number"
STATIONS = "select station_id, name, bays from stations order by row_number"
GRIDS = "select rule, subject_id, other_id from findings where rule = 'grid_without_parent'"
HOMES = "select rule, subject_id, row_count from findings where rule = 'driver_home_unknown'"

EXPECTED = {
    "18_leading_zeros": Expected(IDS, [("007", "甲村"), ("0070", "乙村")]),
    "18_leading_zeros_shown": Expected(IDS, [("007", "甲村")]),
    "19_ids_of_19_digits": Expected(IDS, [("6208210000000000001", "甲村"), ("6208210000000000002", "乙村")]),
    "19_ids_of_19_digits_as_numbers": Expected(
        IDS, [("6.20821012345679e+18", "甲村")], noted=("lost their last digits", "row 2")
    ),
    "20_thousands_and_units": Expected(PEOPLE, [("1", 1234), ("2", 1234)], rejected={4: "unreadable"}),
    "21_decimal_comma": Expected(COSTS, [], rejected={2: "unreadable", 3: "position_unreadable"}),
    "22_no_numbers": Expected(
        BAYS, [("1", None, None)],
        rejected={3: "unreadable", 4: "cost_within_reason", 5: "unreadable", 6: "cost_within_reason", 7: "cost_within_reason"},
    ),
    "23_fraction_of_a_bay": Expected(STATIONS, [("2", "乙驿站", 3), ("3", "丙驿站", 10)], rejected={2: "unreadable"}),
    "24_negative_counts": Expected(PEOPLE, [("2", 0)], rejected={2: "people_within_reason"}),
    "25_percent_scale": Expected(PEOPLE, [("3", 12)], rejected={2: "unreadable", 3: "unreadable"}),
    "26_mixed_units": Expected(
        COSTS, [("1", 350000.0), ("2", 350000.0), ("3", 350000.0)], rejected={5: "unreadable"}
    ),
    "26_mixed_areas": Expected(
        "select resource_id, round(area_m2) from resources order by row_number",
        [("1", 2000.0), ("2", 2000.0), ("3", 2000.0)],
    ),
    "27_date_formats": Expected(
        "select station_id, opened_on from stations order by row_number",
        [*((str(number), MARCH_5) for number in range(1, 7)), ("7", dt.date(2024, 3, 1))],
        rejected={9: "unreadable"},
        repaired={"serial_day_read": 1, "day_taken_as_first": 1},
    ),
    "28_no_such_moment": Expected(
        MOMENTS, [("1", "2024-02-29 00:00:00"), ("5", "2024-03-01 00:00:00")],
        rejected={3: "unreadable", 4: "unreadable", 5: "unreadable"},
        repaired={"midnight_24_read": 2},
    ),
    "29_time_zones": Expected(PINGS, [(row, f"2024-03-05 08:3{row - 2}:00") for row in range(2, 6)]),
    "30_future_and_1970": Expected(
        PINGS, [(4, "2024-01-01 00:00:00")], rejected={2: "pinged_within_reason", 3: "pinged_within_reason"}
    ),
    "31_duplicate_ids": Expected(STATIONS, [("1", "甲驿站", 3)], rejected={4: "duplicate"}, merged=1),
    "31_duplicate_persons": Expected(
        "select row_number, home_grid from drivers order by row_number", [(2, "G9"), (4, "G1")], rejected={3: "duplicate"}
    ),
    "32_orphans": Expected(HOMES, [("driver_home_unknown", "G404", 2)]),
    "32_orphan_grid": Expected(GRIDS, [("grid_without_parent", "G1", "T404")]),
}  # fmt: skip


@pytest.mark.parametrize("title", BAD_VALUES)
def test_bad_values(title: str, tmp_path: Path) -> None:
    check(BAD_VALUES[title], EXPECTED[title], tmp_path)
