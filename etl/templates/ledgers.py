"""Which ledgers there is a template of, and a made-up row for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from etl.noun import Noun
from etl.sources import NOUNS

POSITION: Final = ("lon", "lat")


@dataclass(frozen=True)
class Ledger:
    """One template: the noun, the name of its file and sheet, and a row as an example."""

    noun: Noun
    title: str
    example: dict[str, str | float]

    @property
    def file(self) -> str:
        return f"{self.title}.xlsx"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.noun.headings, *(POSITION if self.noun.is_point else ()))


_PLACE: Final = {"lon": 107.3652, "lat": 35.3357}

LEDGERS: Final = (
    Ledger(
        NOUNS["stations"],
        "驿站台账",
        {
            "station_id": "YZ-001", "name": "城东货车司机红色驿站", "tier": "红色驿站", "status": "运营",
            "facilities": "停车、休息、热水、淋浴、如厕", "bays": 24, "opening_hours": "00:00-24:00",
            "opened_on": "2025-06-18", "cost_yuan": 350000, "operator": "县交通运输局", "serves_direction": "双向",
            "township": "城关镇", "address": "312国道旁", **_PLACE,
        },
    ),
    Ledger(
        NOUNS["drivers"],
        "司机台账",
        {
            "driver_id": "SJ-0001", "name": "张三", "phone": "13900000000", "plate": "甘L00001",
            "home_grid": "620821100001", "is_party_member": "否", "enterprise": "顺达货运公司",
            "licence_class": "A2", "survey_channel": "入户", "surveyed_on": "2026-03-02",
        },
    ),
    Ledger(
        NOUNS["requests"],
        "诉求工单",
        {
            "request_id": "SQ-2026-0001", "channel": "12328热线", "category": "停车", "priority": "一般",
            "reported_at": "2026-03-02 08:30", "closed_at": "2026-03-04 17:00", "phone": "13900000000",
            "person": "张三", "content": "夜间停车位不足", "location": "城东红色驿站",
            "township": "城关镇", **_PLACE,
        },
    ),
    Ledger(
        NOUNS["repair_shops"],
        "维修点",
        {
            "shop_id": "WX-001", "name": "老李汽修", "class": "三类", "is_filed": "是", "on_green_land": "否",
            "on_roadside": "否", "surveyed_on": "2026-03-02", "township": "城关镇", "address": "312国道旁", **_PLACE,
        },
    ),
    Ledger(
        NOUNS["resources"],
        "沿线资源",
        {
            "resource_id": "ZY-001", "name": "城关镇党群服务中心", "kind": "党群服务中心",
            "facilities": "停车、热水、如厕", "bays": 10, "operator": "城关镇政府", "area_m2": 1200,
            "township": "城关镇", "address": "中山街1号", **_PLACE,
        },
    ),
)  # fmt: skip
