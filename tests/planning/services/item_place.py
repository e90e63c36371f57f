"""A small place with a road, stations along it, and drivers in its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STATIONS = ["编号", "站名", "类型", "状态", "停车位", "设施", "经度", "纬度"]
TICKED = ["编号", "站名", "类型", "状态", "停车", "热水", "淋浴", "经度", "纬度"]


def station(number: int, facilities: str, *, status: str = "运营", bays: object = 10) -> list[object]:
    return [f"S{number}", f"站{number}", "服务站", status, bays, facilities, 107.35 + number / 1000, 35.33]


def place_of(folder: Path, *ledgers: Sequence[Sequence[object]], standards: str = "") -> Path:
    """One source a ledger."""
    place = SmallPlace(folder)
    for number, rows in enumerate(ledgers):
        place.add("stations", f"ledger{number}.csv", rows, name=f"台账{number}")
    if standards:
        (folder / "standards.toml").write_text(standards, "utf-8")
    place.build()
    return folder
