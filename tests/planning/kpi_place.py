"""Small places for figures: a few rows with unknowns in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.atlas import open_atlas
from planning.kpis import kpi
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planning.atlas import Atlas

STATIONS = ["编号", "站名", "类型", "状态", "停车位", "设施", "经度", "纬度"]
FIVE = "停车;热水;饭菜加热;淋浴;洗衣"


def said(atlas: Atlas, name: str) -> tuple[float | None, bool]:
    one = kpi(atlas, name)
    return one.value, one.is_lower_bound


def built(folder: Path, *sources: tuple[str, Sequence[Sequence[object]]]) -> Atlas:
    place = SmallPlace(folder)
    for number, (noun, written) in enumerate(sources):
        place.add(noun, f"{number}.csv", written)
    place.build()
    return open_atlas(folder)


def station(number: int, *, status: str = "运营", bays: object = 10, facilities: str = FIVE) -> list[object]:
    return [f"S{number}", f"站{number}", "服务站", status, bays, facilities, 107.35 + number / 1000, 35.33]
