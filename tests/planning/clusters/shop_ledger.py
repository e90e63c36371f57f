"""Hand-made ledgers of repair shops, and the clusters of the place that is built from them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from planning.atlas import open_atlas
from planning.clusters import RepairClusters, repair_clusters
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADINGS = ["编号", "店名", "类别", "是否备案", "占道经营", "占用绿地", "调查日期", "经度", "纬度"]
LON, LAT = 107.35, 35.33
M_PER_DEG = 111_195.0


def shop(number: int, east_m: float, north_m: float, *, filed: str = "是", road: str = "否", green: str = "否",
         day: str = "2026-02-01", shop_class: str = "三类") -> list[object]:  # fmt: skip
    lon = LON + east_m / (M_PER_DEG * math.cos(math.radians(LAT)))
    return [
        f"W{number:03d}",
        f"店{number}",
        shop_class,
        filed,
        road,
        green,
        day,
        f"{lon:.7f}",
        f"{LAT + north_m / M_PER_DEG:.7f}",
    ]


def heap(first: int, east_m: float, north_m: float, count: int, **facts: Any) -> list[list[object]]:
    """Shops in rows of four, 60 m apart."""
    return [shop(first + at, east_m + 60 * (at % 4), north_m + 60 * (at // 4), **facts) for at in range(count)]


def found(folder: Path, *surveys: Sequence[list[object]]) -> RepairClusters:
    """The clusters of the last of these surveys, each built after the one before."""
    place = SmallPlace(folder / "place").add("repair_shops", "shops.csv")
    for shops in surveys:
        text = "\n".join(",".join(map(str, row)) for row in [HEADINGS, *shops]) + "\n"
        (place.folder / "files" / "shops.csv").write_text(text, "utf-8")
        place.build()
    return repair_clusters(open_atlas(place.folder))
