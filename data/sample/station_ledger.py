"""The station ledger as an office keeps it: title, two lines of headings, merged cells, a total."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from data.sample.dirt import Dirt, Expected
from data.sample.scale import RECEIVED_ON
from etl.datum import from_wgs84

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.stations import Station

BEFORE = ("序号", "所属乡镇", "编号", "驿站名称", "驿站类型", "运营状态", "停车位（个）")
TICKS = (
    "停车", "休息", "热水", "饭菜加热", "淋浴", "洗衣", "如厕", "餐饮", "住宿", "维修", "洗车", "充电",
    "急救包", "雨伞", "图书报刊", "便利店", "危货停车",
)  # fmt: skip
AFTER = ("营业时间", "启用日期", "投资（万元）", "运营单位", "服务方向", "详细地址", "经度", "纬度")
FIRST_ROW = 4  # counted from 0: the title, the line below it and two lines of headings come before
_MADE_ON = datetime.fromisoformat(RECEIVED_ON)
_WRONG: dict[str, tuple[str, str, str, Expected, str]] = {
    "JC-Z901": ("停车位（个）", "-12", "negative count", "rejected", "a station has no fewer than 0 bays"),
    "JC-Z902": ("驿站类型", "驿栈", "unknown word", "rejected", "no tier is called 驿栈"),
    "JC-Z903": ("启用日期", "2026-02-30", "impossible date", "rejected", "February has no 30th day"),
    "JC-Z904": ("停车位（个）", "２４", "full-width digits", "repaired", "read as 24"),
    "JC-Z905": ("经度", "121.494468", "far outside", "rejected", "it lies about 1,370 km east of the county"),
}


def write_ledger(path: Path, stations: list[Station]) -> list[Dirt]:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "驿站台账（示例数据）", "created": _MADE_ON})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "head": book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1}),
            "cell": book.add_format({"border": 1, "valign": "vcenter"}),
            "day": book.add_format({"border": 1, "num_format": "yyyy/m/d"}),
        }
        rows = _sheet(book.add_worksheet("驿站台账"), styles, stations, "2026年3月20日")
        old = book.add_worksheet("2023年旧数据")
        _sheet(old, styles, stations[:4], "2023年12月31日")
        old.hide()
    file = f"files/{path.name}"
    wrong = [Dirt(file, rows[id_], id_, *facts) for id_, facts in _WRONG.items()]
    blanked = [one.id for one in stations if one.bays == "*"]
    why = "unknown stays unknown, and is no 0"
    return wrong + [Dirt(file, rows[id_], id_, "停车位（个）", "*", "unknown count", "kept", why) for id_ in blanked]


def _sheet(sheet: Any, styles: dict[str, Any], stations: list[Station], day: str) -> dict[str, int]:  # noqa: ANN401 - xlsxwriter has no types
    """Fills a sheet; gives the spreadsheet row of each station."""
    _headings(sheet, styles, day)
    shifted = from_wgs84([one.lon for one in stations], [one.lat for one in stations], "gcj02")
    places = {one.id: (round(float(x), 6), round(float(y), 6)) for one, x, y in zip(stations, *shifted, strict=True)}
    row = FIRST_ROW
    rows: dict[str, int] = {}
    for town, group in groupby(stations, key=lambda one: one.town):
        members = list(group)
        for station in members:
            _row(sheet, styles, row, station, places[station.id])
            rows[station.id] = row + 1
            row += 1
        if len(members) > 1:
            sheet.merge_range(row - len(members), 1, row - 1, 1, town, styles["cell"])
        else:
            sheet.write(row - 1, 1, town, styles["cell"])
    _total(sheet, styles, row, stations)
    return rows


def _headings(sheet: Any, styles: dict[str, Any], day: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    width = len(BEFORE) + len(TICKS) + len(AFTER)
    sheet.merge_range(0, 0, 0, width - 1, "泾川县货车司机驿站建设运营情况台账（示例数据，纯属虚构）", styles["title"])
    sheet.write(1, 0, "填报单位：泾川县交通运输局（示例）")
    sheet.write(1, width - 3, f"填报日期：{day}")
    after = len(BEFORE) + len(TICKS)
    for column, heading in [*enumerate(BEFORE), *enumerate(AFTER, start=after)]:
        sheet.merge_range(2, column, 3, column, heading, styles["head"])
    sheet.merge_range(2, len(BEFORE), 2, after - 1, "服务设施", styles["head"])
    for column, heading in enumerate(TICKS, start=len(BEFORE)):
        sheet.write(3, column, heading, styles["head"])
    sheet.freeze_panes(FIRST_ROW, 4)


def _row(sheet: Any, styles: dict[str, Any], row: int, station: Station, place: tuple[float, float]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    before = (station.id, station.name, station.tier, station.status, station.bays)
    sheet.write(row, 0, row - FIRST_ROW + 1, styles["cell"])
    for column, value in enumerate(before, start=2):
        sheet.write(row, column, value, styles["cell"])
    for column, facility in enumerate(TICKS, start=len(BEFORE)):
        sheet.write(row, column, _tick(station, facility), styles["cell"])
    after = (
        station.hours, station.opened, station.cost_wan, station.operator, station.side, station.address,
        *place,
    )  # fmt: skip
    for column, cell in enumerate(after, start=len(BEFORE) + len(TICKS)):
        is_serial = column == len(BEFORE) + len(TICKS) + 1 and isinstance(cell, int)
        sheet.write(row, column, cell, styles["day" if is_serial else "cell"])


def _tick(station: Station, facility: str) -> str:
    if facility in station.offers:
        return "√"
    is_unsure = facility in ("急救包", "雨伞") and station.town in ("县外", "高平镇")
    return "*" if is_unsure else ""


def _total(sheet: Any, styles: dict[str, Any], row: int, stations: list[Station]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet.merge_range(row, 0, row, 2, "合计", styles["head"])
    sheet.write(row, 3, f"{len(stations)}个", styles["cell"])
    sheet.write(row, 6, sum(one.bays for one in stations if isinstance(one.bays, int)), styles["cell"])
    cost = sum(one.cost_wan for one in stations if not isinstance(one.cost_wan, str))
    sheet.write(row, len(BEFORE) + len(TICKS) + 2, round(cost, 1), styles["cell"])
    sheet.write(row + 1, 0, "填表人：样某某        审核人：示例某        联系电话：14200000000（虚构）")
    sheet.write(row + 2, 0, "注：√为有，空白为无，*为情况不明；经纬度取自高德地图。")
