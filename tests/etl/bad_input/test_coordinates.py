from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.bad_input.bad_file import check
from tests.etl.bad_input.coordinates import BAD_COORDINATES, POINTS
from tests.etl.bad_input.tiny_place import Expected

PLACES = "select station_id, round(lon, 5), round(lat, 5) from stations order by row_number"
COARSE = "select subject_id from findings where rule = 'coarse_position'"
FIRM = (107.36, 35.33)
GRID = "select round(st_xmin(geom), 5), round(st_ymax(geom), 5) from grids"
WITHIN = (
    "select count(*), bool_and(lon between 107.2999 and 107.4201 and lat between 35.2799 and 35.3801), "
    "bool_or(lon < 107.302) from stations"
)

EXPECTED = {
    "33_swapped": Expected(PLACES, [("1", *FIRM), ("2", 107.35, 35.32)], repaired={"position_swapped": 1}),
    "33_swapped_grid": Expected(GRID, [(107.35, 35.34)], repaired={"position_swapped": 1}),
    "34_zero": Expected(PLACES, [("3", *FIRM)], rejected={2: "position_zero", 3: "position_outside"}),
    "34_zero_where_none_is_needed": Expected(
        "select enterprise_id, lon, lat from enterprises order by row_number",
        [("1", None, None), ("2", None, None)],
        repaired={"position_zero_left_out": 1},
    ),
    "35_degrees_as_text": Expected(
        PLACES,
        [("1", *FIRM), ("2", *FIRM), ("3", *FIRM), ("4", 107.36667, 35.33333), ("5", *FIRM)],
        rejected={7: "position_unreadable", 8: "position_unreadable"},
        repaired={"position_from_words": 5},
    ),
    "35_degrees_in_one_cell": Expected(
        PLACES, [("1", *FIRM), ("2", *FIRM)], rejected={4: "position_unreadable"}
    ),
    "36_two_datums_mixed": Expected(refused=("coordinate system can't be told", "datum =")),
    "36_one_shifted_datum": Expected(WITHIN, [(POINTS, True, True)], repaired={"datum_converted": POINTS}),
    "37_metres_without_system": Expected(PLACES, [], rejected={2: "position_in_metres"}),
    "37_metres_labelled_degrees": Expected(GRID, [], rejected={1: "position_in_metres"}),
    "38_right_zone": Expected(PLACES, [("1", *FIRM)]),
    "38_wrong_zone": Expected(PLACES, [], rejected={2: "position_outside"}),
    "38_rough_frame": Expected(refused=("only roughly", "CGCS2000")),
    "39_outside": Expected(PLACES, [("3", *FIRM)], rejected={2: "position_outside", 3: "position_outside"}),
    "39_beyond_the_pole": Expected(GRID, [], rejected={1: "position_outside"}),
    "40_truncated_decimals": Expected(COARSE, [("1",)]),
    "41_jumps_and_frozen": Expected(
        "select row_number from pings order by all",
        [(2,), (5,), (6,)],
        rejected={3: "position_outside", 4: "speed_within_reason"},
    ),
    "42_no_numbers": Expected(
        PLACES, [],
        rejected={2: "position_missing", 3: "position_unreadable", 4: "position_unreadable", 5: "position_unreadable"},
    ),
    "42_no_numbers_in_shape": Expected("select * from places", [], rejected={1: "position_unreadable"}),
    "42_no_numbers_in_parquet": Expected(
        "select row_number from pings", [(1,)],
        rejected={2: "position_unreadable", 3: "position_unreadable", 4: "position_unreadable"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("title", BAD_COORDINATES)
def test_bad_coordinates(title: str, tmp_path: Path) -> None:
    check(BAD_COORDINATES[title], EXPECTED[title], tmp_path)


def test_the_evidence_for_a_datum_is_told(tmp_path: Path) -> None:
    title = "36_one_shifted_datum"
    outcome = check(BAD_COORDINATES[title], EXPECTED[title], tmp_path)
    assert outcome.datum == "gcj02"
    assert "lie inside the boundary of the place" in outcome.found_by
