from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.bad_input.bad_file import check
from tests.etl.bad_input.text import BAD_TEXTS
from tests.etl.bad_input.tiny_place import Expected

STATIONS = "select station_id, name, bays, lon, lat from stations order by row_number"
GOOD = ("001", "甲驿站", 12, 107.36, 35.33)
SECOND = ("002", "乙驿站", 3, 107.35, 35.32)
LATER = ("003", "丙驿站", 8, 107.37, 35.34)
NAMES = "select station_id, name, address from stations order by row_number"

EXPECTED = {
    "01_byte_order_mark": Expected(STATIONS, [GOOD]),
    "02_gb18030": Expected(STATIONS, [GOOD, ("002", "㐇家𠮷驿站", 3, 107.35, 35.32)], noted=("gb18030",)),
    "03_mixed_encodings": Expected(STATIONS, [GOOD, SECOND, LATER], noted=("mixes encodings", "line 3")),
    "04_utf16": Expected(STATIONS, [GOOD]),
    "04_utf16_without_mark": Expected(STATIONS, [GOOD, LATER]),
    "05_nul_bytes": Expected(STATIONS, [GOOD], noted=("NUL bytes",)),
    "06_mojibake": Expected(STATIONS, [GOOD], rejected={3: "mojibake"}),
    "07_full_width": Expected(STATIONS, [GOOD], rejected={3: "bays_within_reason"}, repaired={"full_width_folded": 2}),
    "08_zero_width": Expected(
        STATIONS, [("S01", *GOOD[1:])], rejected={3: "duplicate"}, repaired={"invisible_removed": 1}
    ),
    "09_composed_accents": Expected(STATIONS, [("Café-1", "Rést", *GOOD[2:])], merged=1),
    "10_newline_in_field": Expected(NAMES, [("001", "甲驿站", "环城路1号\n后院"), ("003", "丙驿站", None)]),
    "11_unbalanced_quote": Expected(STATIONS, [GOOD, LATER], rejected={3: "unbalanced_quote"}),
    "12_wrong_delimiter": Expected(STATIONS, [GOOD, LATER]),
    "12_full_width_commas": Expected(STATIONS, [GOOD, LATER]),
    "13_missing_and_extra_fields": Expected(
        NAMES, [("001", "甲驿站", None)], rejected={3: "too_many_fields"}, noted=("fewer cells",)
    ),
    "13_missing_column": Expected(refused=("name", "停车位", "[source.columns]")),
    "14_title_and_total": Expected(STATIONS, [GOOD, LATER], noted=("above the headings", "Total rows", "Remarks")),
    "15_duplicate_headings": Expected(NAMES, [("001", "甲驿站", None)], noted=("名称 (2)",)),
    "16_empty": Expected(refused=("is empty",)),
    "16_blank_lines_only": Expected(refused=("holds no rows",)),
    "16_headings_only": Expected(STATIONS, []),
    "17_giant_line": Expected(STATIONS, [GOOD, LATER], rejected={3: "giant_line"}),
}


@pytest.mark.parametrize("title", BAD_TEXTS)
def test_bad_text(title: str, tmp_path: Path) -> None:
    check(BAD_TEXTS[title], EXPECTED[title], tmp_path)
