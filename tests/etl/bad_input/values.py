"""Values that say something else than they seem to: classes 18 to 32."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.etl.bad_input.bad_file import Writer, bad_file, by_title, text
from tests.etl.bad_input.tiny_place import IDENTITY, PERSON, PHONE, PLATE

AT = "107.36,35.33"


def lines(heading: str, *rows: str) -> str:
    return "\n".join([heading, *rows]) + "\n"


def sheet(*rows: list[Any]) -> Writer:
    """A writer of a workbook."""

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("台账")
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)

    return write


def square(west: float, south: float, size: float = 0.01) -> dict[str, Any]:
    east, north = west + size, south + size
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def features(*parts: tuple[dict[str, Any] | None, dict[str, Any]], **members: Any) -> str:
    """GeoJSON text of shapes with their properties."""
    found = [{"type": "Feature", "geometry": shape, "properties": properties} for shape, properties in parts]
    return json.dumps({"type": "FeatureCollection", **members, "features": found}, ensure_ascii=False)


DRIVERS = lines(
    "身份证号,姓名,手机号,车牌,所属网格",
    f"{IDENTITY},{PERSON},{PHONE},{PLATE},G9",
    f"{IDENTITY},{PERSON},{PHONE},{PLATE},G1",
    f"2,{PERSON},{PHONE},{PLATE},G1",
)

BAD_VALUES = by_title(
    bad_file("18_leading_zeros.csv", "places", text(lines("编码,名称,经度,纬度", f"007,甲村,{AT}", f"0070,乙村,{AT}"))),
    bad_file("18_leading_zeros_shown.xlsx", "places", sheet(["编码", "名称", "经度", "纬度"], ["007", "甲村", 107.36, 35.33])),
    bad_file(
        "19_ids_of_19_digits.csv", "places",
        text(lines("编码,名称,经度,纬度", f"6208210000000000001,甲村,{AT}", f"6208210000000000002,乙村,{AT}")),
    ),
    bad_file(
        "19_ids_of_19_digits_as_numbers.xlsx", "places",
        sheet(["编码", "名称", "经度", "纬度"], [6208210123456789012, "甲村", 107.36, 35.33]),
    ),
    bad_file(
        "20_thousands_and_units.csv", "places",
        text(lines("编码,名称,人口,经度,纬度", f'1,甲村,"1,234",{AT}', f"2,乙村,1234人,{AT}", f'3,丙村,"12,34",{AT}')),
    ),
    bad_file(
        "21_decimal_comma.csv", "stations",
        text(lines("编号;名称;投资;经度;纬度", "1;甲驿站;3,5;107.36;35.33", "2;乙驿站;35;107,36;35,33")),
    ),
    bad_file(
        "22_no_numbers.csv", "stations",
        text(lines(
            "编号,名称,停车位,投资,经度,纬度", f"1,甲驿站,nan,nan,{AT}", f"2,乙驿站,inf,1,{AT}", f"3,丙驿站,1,inf,{AT}",
            f"4,丁驿站,1e400,1,{AT}", f"5,戊驿站,1,1e400,{AT}", f"6,己驿站,1,-Infinity,{AT}",
        )),
    ),
    bad_file(
        "23_fraction_of_a_bay.csv", "stations",
        text(lines("编号,名称,停车位,经度,纬度", f"1,甲驿站,3.7,{AT}", f"2,乙驿站,3.0,{AT}", f"3,丙驿站,1e1,{AT}")),
    ),
    bad_file("24_negative_counts.csv", "places", text(lines("编码,名称,人口,经度,纬度", f"1,甲村,-5,{AT}", f"2,乙村,0,{AT}"))),
    bad_file(
        "25_percent_scale.csv", "places",
        text(lines("编码,名称,人口,经度,纬度", f"1,甲村,12%,{AT}", f"2,乙村,0.12,{AT}", f"3,丙村,12,{AT}")),
    ),
    bad_file(
        "26_mixed_units.csv", "stations",
        text(lines("编号,名称,投资(万元),经度,纬度", f"1,甲驿站,35,{AT}", f"2,乙驿站,350000元,{AT}", f"3,丙驿站,0.0035亿,{AT}", f"4,丁驿站,三十五万,{AT}")),
    ),
    bad_file(
        "26_mixed_areas.csv", "resources",
        text(lines("编号,名称,类型,面积,经度,纬度", f"1,甲园,物流园,3亩,{AT}", f"2,乙园,物流园,0.2公顷,{AT}", f"3,丙园,物流园,2000㎡,{AT}")),
    ),
    bad_file(
        "27_date_formats.csv", "stations",
        text(lines(
            "编号,名称,启用日期,经度,纬度", f"1,甲,2024-03-05,{AT}", f"2,乙,2024/3/5,{AT}", f"3,丙,2024年3月5日,{AT}",
            f"4,丁,20240305,{AT}", f"5,戊,2024.3.5,{AT}", f"6,己,45356,{AT}", f"7,庚,2024年3月,{AT}", f"8,辛,03/05/24,{AT}",
        )),
    ),
    bad_file(
        "28_no_such_moment.csv", "incidents",
        text(lines("编号,时间", "1,2024-02-28 24:00", "2,2024-02-30 10:00", "3,2023-02-29", "4,2024-02-28 25:00", "5,2024/2/29 24:00:00")),
    ),
    bad_file(
        "29_time_zones.csv", "pings",
        text(lines(
            "车牌,时间,经度,纬度", f"{PLATE},2024-03-05T00:30:00Z,{AT}", f"{PLATE},2024-03-05T08:31:00+08:00,{AT}",
            f"{PLATE},2024-03-04 19:32:00-0500,{AT}", f"{PLATE},2024-03-05 08:33:00,{AT}",
        )),
    ),
    bad_file(
        "30_future_and_1970.csv", "pings",
        text(lines("车牌,时间,经度,纬度", f"{PLATE},2999-01-01 00:00:00,{AT}", f"{PLATE},1970-01-01 08:00:00,{AT}", f"{PLATE},2024-01-01 00:00:00,{AT}")),
    ),
    bad_file(
        "31_duplicate_ids.csv", "stations",
        text(lines("编号,名称,停车位,经度,纬度", f"1,甲驿站,3,{AT}", f"1,甲驿站,3,{AT}", f"1,乙驿站,3,{AT}")),
    ),
    bad_file("31_duplicate_persons.csv", "drivers", text(DRIVERS)),
    bad_file("32_orphans.csv", "drivers", text(lines("编号,姓名,所属网格", f"1,{PERSON},G404", f"2,{PERSON},G404"))),
    bad_file(
        "32_orphan_grid.geojson", "grids",
        text(features((square(107.36, 35.33), {"编码": "G1", "名称": "甲网格", "上级编码": "T404", "责任岗位": "网格长"}))),
    ),
)  # fmt: skip
