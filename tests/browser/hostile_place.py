"""A small place in which every text that an office writes means harm; its things lie in rows and columns on the map."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import shapely

from tests.browser.map_sinks import PAYLOADS
from tests.etl.small_place import SOUTH, WEST, SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

VIEW = "13/35.33000/107.36000"
STEP_DEG = 0.0075
FIRST_LON, FIRST_LAT, ROW_DEG = WEST + 0.008, SOUTH + 0.016, 0.0085

# Heading and what stands there; None is the harm itself. A row of points for each.
POINTS: dict[str, dict[str, str | None]] = {
    "stations": {"编号": None, "站名": None, "类型": "服务站", "状态": "运营", "营业时间": None, "运营单位": None, "地址": None},
    "resources": {"名称": None, "类型": "加油站", "管理单位": None, "地址": None},
    "repair_shops": {"店名": None, "类别": "一类", "地址": None},
    "requests": {"编号": None, "类别": None, "诉求时间": "2026-03-01 08:00", "内容": None, "地点": None},
    "incidents": {"编号": None, "类型": "事故", "时间": "2026-03-01 08:00", "道路编号": None, "地点": None},
    "enterprises": {"编号": None, "名称": None, "类型": "货运企业", "地址": None},
    "places": {"编码": None, "名称": None, "类型": "村"},
}  # fmt: skip


def spot(row: int, column: int) -> tuple[float, float]:
    """Longitude and latitude of the thing in this row and column."""
    return FIRST_LON + column * STEP_DEG, FIRST_LAT + row * ROW_DEG


def route_spot(column: int) -> tuple[float, float]:
    return spot(len(POINTS), column)


def grid_spot(column: int) -> tuple[float, float]:
    """Below the points, where nothing else lies."""
    lon, lat = spot(0, column)
    return lon, lat - 0.7 * ROW_DEG


def build_hostile(folder: Path) -> None:
    place = SmallPlace(folder)
    place._manifest = place._manifest.replace('"小地方"', json.dumps(PAYLOADS[1]))
    for row, (noun, headings) in enumerate(POINTS.items()):
        table = [[*headings, "经度", "纬度"]]
        for column, harm in enumerate(PAYLOADS):
            table.append(
                [*(harm if text is None else text for text in headings.values()), *map(str, spot(row, column))]
            )
        (place.folder / "files" / f"{noun}.csv").write_text(csv_text(table), "utf-8")
        place.add(noun, f"{noun}.csv")
    add_shapes(place, "routes", [
        ({"编号": harm, "名称": harm, "路线编号": harm, "等级": harm}, across(column)) for column, harm in enumerate(PAYLOADS)
    ])  # fmt: skip
    add_shapes(place, "grids", [
        ({"编码": f"G{column}", "名称": harm, "层级": "4", "责任岗位": harm, "责任单位": harm}, strip(column))
        for column, harm in enumerate(PAYLOADS)
    ])  # fmt: skip
    place.build()


def csv_text(table: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)
    return written.getvalue()


def across(column: int) -> Any:
    lon, lat = route_spot(column)
    return shapely.LineString([(lon - STEP_DEG / 3, lat), (lon + STEP_DEG / 3, lat)])


def strip(column: int) -> Any:
    lon, _ = spot(0, column)
    return shapely.box(lon - STEP_DEG / 2, SOUTH, lon + STEP_DEG / 2, SOUTH + 0.1)


def add_shapes(place: SmallPlace, noun: str, things: list[tuple[dict[str, str], Any]]) -> None:
    features = [
        {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}
        for properties, shape in things
    ]
    path = place.folder / "files" / f"{noun}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    place.add(noun, path.name)
