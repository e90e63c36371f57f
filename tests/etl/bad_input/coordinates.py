"""Positions that lie elsewhere than they say: classes 33 to 42."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import Transformer

from etl.datum import Datum, from_wgs84
from tests.etl.bad_input.bad_file import bad_file, by_title, text
from tests.etl.bad_input.tiny_place import EAST, NORTH, PLATE, SOUTH, WEST
from tests.etl.bad_input.values import features, lines, square

STATIONS = "编号,名称,经度,纬度"
PINGS = "车牌,时间,速度,经度,纬度"
POINTS = 400


def scattered(datums: tuple[Datum, ...]) -> str:
    """Points just inside the boundary, where a shift shows, turn by turn in these datums."""
    dice = random.Random(5)
    rows = []
    for number in range(POINTS):
        along, inside = dice.random(), dice.uniform(0.0015, 0.004)
        lon = (WEST + inside, EAST - inside)[number // 2 % 2]
        lat = SOUTH + inside + along * (NORTH - SOUTH - 2 * inside)
        x, y = from_wgs84(np.array([lon]), np.array([lat]), datums[number % len(datums)])
        rows.append(f"{number},第{number}站,{x[0]:.6f},{y[0]:.6f}")
    return lines(STATIONS, *rows)


def metres(zone_epsg: int, lon: float, lat: float) -> tuple[float, float]:
    x, y = Transformer.from_crs(4490, zone_epsg, always_xy=True).transform(lon, lat)
    return round(x, 2), round(y, 2)


def in_metres(zone_epsg: int) -> str:
    x, y = metres(zone_epsg, 107.36, 35.33)
    return lines(STATIONS, f"1,甲驿站,{x},{y}")


def parquet_without_numbers(path: Path) -> None:
    moments = pa.array([dt.datetime(2024, 3, 5, 8, minute) for minute in range(4)], pa.timestamp("s"))
    pings = {
        "车牌": [PLATE] * 4,
        "时间": moments,
        "经度": [107.36, float("nan"), float("inf"), 107.36],
        "纬度": [35.33, 35.33, 35.33, None],
    }
    pq.write_table(pa.table(pings), path)


GRID_IN_METRES = features(
    ({"type": "Polygon", "coordinates": [[list(metres(4545, x, y)) for x, y in square(107.35, 35.33)["coordinates"][0]]]}, {"编码": "G1", "名称": "甲网格"})
)  # fmt: skip
BEYOND_THE_POLE = features(
    (
        {"type": "Polygon", "coordinates": [[[107.35, 35.32], [107.36, 35.32], [107.36, 150.0], [107.35, 35.32]]]},
        {"编码": "G1", "名称": "甲网格"},
    )
)
SWAPPED_GRID = square(107.35, 35.33)
SWAPPED_GRID["coordinates"] = [[[y, x] for x, y in SWAPPED_GRID["coordinates"][0]]]

BAD_COORDINATES = by_title(
    bad_file("33_swapped.csv", "stations", text(lines(STATIONS, "1,甲驿站,35.33,107.36", "2,乙驿站,107.35,35.32"))),
    bad_file("33_swapped_grid.geojson", "grids", text(features((SWAPPED_GRID, {"编码": "G1", "名称": "甲网格"})))),
    bad_file("34_zero.csv", "stations", text(lines(STATIONS, "1,甲驿站,0,0", "2,乙驿站,0.0,35.32", "3,丙驿站,107.36,35.33"))),
    bad_file("34_zero_where_none_is_needed.csv", "enterprises", text(lines(STATIONS, "1,甲公司,0,0", "2,乙公司,,"))),
    bad_file(
        "35_degrees_as_text.csv", "stations",
        text(lines(
            STATIONS, "1,甲,107°21′36″,35°19′48″", "2,乙,107度21分36秒,35度19分48秒", "3,丙,E107.36°,N35.33°",
            "4,丁,107°22′,35°20′", "5,戊,东经107.36,北纬35.33", "6,己,一百零七度,35.33", "7,庚,107°99′36″,35°19′48″",
        )),
    ),
    bad_file("35_degrees_in_one_cell.csv", "stations", text(lines("编号,名称,坐标", '1,甲,"107.36,35.33"', "2,乙,35.33 107.36", "3,丙,某路口"))),
    bad_file("36_two_datums_mixed.csv", "stations", text(scattered((Datum.GCJ02, Datum.WGS84))), datum="auto"),
    bad_file("36_one_shifted_datum.csv", "stations", text(scattered((Datum.GCJ02,))), datum="auto"),
    bad_file("37_metres_without_system.csv", "stations", text(in_metres(4545))),
    bad_file("37_metres_labelled_degrees.geojson", "grids", text(GRID_IN_METRES)),
    bad_file("38_right_zone.csv", "stations", text(in_metres(4545)), crs="EPSG:4545"),
    bad_file("38_wrong_zone.csv", "stations", text(in_metres(4544)), crs="EPSG:4545"),
    bad_file("38_rough_frame.csv", "stations", text(in_metres(4545)), crs="EPSG:2379"),
    bad_file("39_outside.csv", "stations", text(lines(STATIONS, "1,甲驿站,116.39,39.9", "2,乙驿站,107.36,-35.33", "3,丙驿站,107.36,35.33"))),
    bad_file("39_beyond_the_pole.geojson", "grids", text(BEYOND_THE_POLE)),
    bad_file("40_truncated_decimals.csv", "stations", text(lines(STATIONS, "1,甲驿站,107.3,35.3", "2,乙驿站,107.3612,35.3305"))),
    bad_file(
        "41_jumps_and_frozen.csv", "pings",
        text(lines(
            PINGS, f"{PLATE},2024-03-05 08:00:00,60,107.36,35.33", f"{PLATE},2024-03-05 08:01:00,60,121.47,31.23",
            f"{PLATE},2024-03-05 08:02:00,999,107.36,35.33", f"{PLATE},2024-03-05 08:03:00,0,107.36,35.33",
            f"{PLATE},2024-03-05 08:04:00,0,107.36,35.33",
        )),
    ),
    bad_file("42_no_numbers.csv", "stations", text(lines(STATIONS, "1,甲驿站,NaN,NaN", "2,乙驿站,NaN,35.33", "3,丙驿站,inf,35.33", "4,丁驿站,1e400,35.33"))),
    bad_file("42_no_numbers_in_shape.geojson", "places", text('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [NaN, 35.33]}, "properties": {"名称": "甲村"}}]}')),
    bad_file("42_no_numbers_in_parquet.parquet", "pings", parquet_without_numbers),
)  # fmt: skip
