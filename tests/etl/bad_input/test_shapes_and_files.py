from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.bad_input.bad_file import check
from tests.etl.bad_input.shapes_and_files import BAD_SHAPES_AND_FILES
from tests.etl.bad_input.tiny_place import Expected

GRIDS = "select grid_id, name, round(st_area(geom) * 1e4, 4) from grids order by row_number"
CODES = "select grid_id, name from grids order by row_number"
STATIONS = "select station_id, name, bays from stations order by row_number"
PLACES = "select name, round(lon, 5), round(lat, 5) from places order by row_number"
WHOLE = ("G1", "甲网格", 1.0)
TWO_GRIDS = [("G1", "甲网格"), ("G2", "乙网格")]
GOOD = ("001", "甲驿站", 12)
TWO_PLACES = [("甲村", 107.36, 35.33), ("乙村", 107.35, 35.32)]

EXPECTED = {
    "43_null_and_empty": Expected(GRIDS, [WHOLE], rejected={1: "shape_missing", 2: "shape_missing"}),
    "44_unclosed_ring": Expected(GRIDS, [WHOLE]),
    "45_bowtie": Expected(GRIDS, [("G1", "甲网格", 0.5)], repaired={"shape_made_valid": 1}),
    "46_collapsed": Expected(GRIDS, [], rejected={1: "shape_collapsed", 2: "shape_collapsed"}),
    "46_collapsed_line": Expected("select * from routes", [], rejected={1: "shape_collapsed"}),
    "47_overlaps_and_gaps": Expected(
        "select rule, subject_id, other_id, round(area_km2, 0) from findings where rule in ('grids_overlap', 'hole_between_grids') "
        "order by rule",
        [("grids_overlap", "G1", "G2", 6.0), ("hole_between_grids", None, None, 54.0)],
    ),
    "48_antimeridian": Expected(GRIDS, [], rejected={1: "shape_across_antimeridian"}),
    "49_mixed_types_and_heights": Expected(
        GRIDS, [WHOLE, ("G2", "甲网格", 1.0)],
        rejected={1: "shape_not_area", 2: "shape_not_area"}, noted=("Heights were left out",),
    ),
    "50_huge_polygon": Expected("select grid_id, st_npoints(geom) from grids", [("G1", 60_001)]),
    "51_without_prj": Expected(CODES, TWO_GRIDS, noted=(".prj",)),
    "51_without_cpg": Expected(CODES, TWO_GRIDS),
    "51_without_shx": Expected(CODES, TWO_GRIDS, noted=(".shx",)),
    "51_without_dbf": Expected(refused=("no column is recognised as name",)),
    "51_without_shp": Expected(refused=(".shp", "missing")),
    "52_truncated_shapefile": Expected(refused=("cut off or damaged", "Copy all its parts again")),
    "52_truncated_dbf": Expected(refused=("cut off",), named="52_truncated_dbf"),
    "52_truncated_workbook": Expected(refused=("damaged",)),
    "52_truncated_geojson": Expected(refused=("cut off",)),
    "52_truncated_geopackage": Expected(refused=("damaged",)),
    "52_half_zeros": Expected(refused=("damaged",)),
    "53_ten_byte_names": Expected(CODES, TWO_GRIDS, noted=("only ten bytes",)),
    "54_hidden_sheet": Expected(STATIONS, [GOOD], noted=("Hidden sheets were left out: 旧台账",)),
    "54_hidden_layer": Expected(PLACES, TWO_PLACES, noted=("is a query, not a table",)),
    "55_merged_cells": Expected(
        "select station_id, township from stations order by all", [("001", "城关镇"), ("002", "城关镇")],
        noted=("Merged cells were copied",),
    ),
    "56_formula_without_value": Expected(STATIONS, [("2", "乙驿站", 3)], rejected={2: "formula_without_value"}),
    "57_phantom_last_row": Expected(STATIONS, [GOOD]),
    "57_phantom_last_value": Expected(refused=("XFD1048576", "too many to open", "Delete")),
    "58_encrypted": Expected(refused=("locked with a password",)),
    "58_web_page": Expected(refused=("web page",)),
    "58_workbook_named_csv": Expected(STATIONS, [GOOD]),
    "58_old_workbook_named_xlsx": Expected(STATIONS, [GOOD]),
    "58_workbook_named_xls": Expected(STATIONS, [GOOD]),
    "58_csv_named_xls": Expected(STATIONS, [GOOD]),
    "59_crs_member": Expected(PLACES, [("甲村", 107.36, 35.33)]),
    "59_unknown_crs_member": Expected(PLACES, [], rejected={1: "position_in_metres"}, noted=("本地坐标",)),
    "59_duplicate_feature_ids": Expected(CODES, [("7", "甲网格")], rejected={2: "duplicate"}, noted=("another feature carries",)),
}  # fmt: skip


@pytest.mark.parametrize("title", BAD_SHAPES_AND_FILES)
def test_bad_shapes_and_files(title: str, tmp_path: Path) -> None:
    check(BAD_SHAPES_AND_FILES[title], EXPECTED[title], tmp_path)
