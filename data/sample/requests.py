"""Requests from drivers, with the chain of hands that each one passed through."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import xlsxwriter

from data.sample.dice import chance, dice, pick, picks
from data.sample.dirt import Dirt
from data.sample.drivers import made_up_phone
from data.sample.ground import moved
from data.sample.scale import FIRST_DAY, RECEIVED_ON
from etl.datum import from_wgs84

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from data.sample.townships import Town
    from data.sample.world import World

Cell: TypeAlias = "str | float | datetime | None"

HEADINGS = (
    "工单编号", "来源渠道", "诉求类别", "紧急程度", "举报投诉时间", "监管时间", "执法时间", "督查时间",
    "点单时间", "派单时间", "接单时间", "办结时间", "联系电话", "诉求内容", "地点", "经度", "纬度",
)  # fmt: skip
_CONTENTS = {
    "停车难": "城区附近找不到大车停车位，夜里只能停在路边。",
    "休息": "连着开了四个小时没有能休息的地方。",
    "设施报修": "驿站的热水器坏了，淋浴没有热水。",
    "路况": "路面坑洼，重车经过颠簸厉害，希望尽快修补。",
    "乱收费": "过磅时被多收了费用，请核实。",
    "拖欠运费": "货主拖欠运费三个月，请帮忙协调。",
    "救援": "车辆抛锚，附近没有维修点，请求救援。",
    "危货": "危货车辆没有专用停车区，不知道停哪里。",
    "组织关系": "流动党员想在驿站参加组织生活。",
    "咨询": "想了解司机之家的开放时间。",
}
_WRITTEN_ON = datetime.fromisoformat(RECEIVED_ON)
_CHANNELS = ("12328热线", "诉求收集箱", "云平台", "门店")


def write_requests(world: World, folder: Path) -> list[Dirt]:
    rng = dice("requests")
    towns = picks(rng, world.towns, [one.people for one in world.towns], world.scale.requests)
    rows = [_request(number, town, rng) for number, town in enumerate(towns, start=1)]
    again = [*rows[17]]
    again[13] = "同一编号下的另一件诉求：驿站门口积水。"
    unsure = [*rows[18]]
    unsure[0], unsure[3] = "JC-G9902", "十万火急"
    rows += [again, unsure]
    path = folder / "诉求工单.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "诉求工单（示例数据）", "created": _WRITTEN_ON})
        sheet = book.add_worksheet("诉求工单")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, moment)
                elif value is not None:
                    sheet.write(number, column, value)
    file, last = f"files/{path.name}", len(rows) + 1
    return [
        Dirt(
            file, last - 1, str(again[0]), "工单编号", str(again[0]), "duplicate id", "rejected",
            "another request stands under this number already",
        ),
        Dirt(file, last, "JC-G9902", "紧急程度", "十万火急", "unknown word", "rejected", "no such priority"),
    ]  # fmt: skip


def _request(number: int, town: Town, rng: np.random.Generator) -> list[Cell]:
    channel = pick(rng, _CHANNELS, (0.45, 0.2, 0.25, 0.1))
    category = pick(rng, list(_CONTENTS), (26, 14, 12, 12, 8, 7, 8, 5, 3, 5))
    reported = FIRST_DAY - timedelta(minutes=int(rng.integers(180 * 1440)))
    content = _CONTENTS[category]
    if chance(rng, 0.06):
        content += f"请回电{made_up_phone(rng)}。"
    lon, lat = moved(town.lon, town.lat, *rng.normal(0, 900, 2).tolist())
    shifted = [round(float(part), 6) for part in from_wgs84(lon, lat, "gcj02")]
    return [
        f"JC-G{number:04d}",
        channel,
        category,
        pick(rng, ("一般", "紧急", "低"), (0.75, 0.17, 0.08)),
        reported,
        *_chain(reported, is_ordered=channel in ("云平台", "门店"), rng=rng),
        made_up_phone(rng) if chance(rng, 0.8) else None,
        content,
        f"{town.name}附近" if chance(rng, 0.9) else None,
        *(shifted if chance(rng, 0.72) else (None, None)),
    ]


def _chain(reported: datetime, *, is_ordered: bool, rng: np.random.Generator) -> list[Cell]:
    """Supervised, enforced, inspected; or ordered, assigned, accepted; then closed, unless it still waits."""
    steps: list[datetime] = []
    at = reported
    for scale_h in (5.0, 20.0, 40.0, 70.0):
        at += timedelta(minutes=round(float(rng.exponential(scale_h)) * 60) + 10)
        steps.append(at)
    done = int(rng.choice([4, 3, 2, 1], p=[0.82, 0.07, 0.06, 0.05]))
    known: list[Cell] = [step if place < done and step < _WRITTEN_ON else None for place, step in enumerate(steps)]
    none: list[Cell] = [None, None, None]
    return [*none, *known[:3], known[3]] if is_ordered else [*known[:3], *none, known[3]]
