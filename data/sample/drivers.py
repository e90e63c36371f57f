"""The ledger of drivers: nobody in it exists, and no operator hands out numbers with 142."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.sample.dice import chance, dice, pick, picks
from data.sample.dirt import Dirt

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from data.sample.enterprises import Enterprise
    from data.sample.world import World

HEADINGS = (
    "编号", "姓名", "手机号", "车牌号", "准驾车型", "政治面貌", "所属网格", "所属企业", "采集方式", "采集日期"
)  # fmt: skip
_SURNAMES = "张王李赵刘陈杨史吕朱何高袁景"


@dataclass(frozen=True)
class Driver:
    """One line of the drivers' ledger."""

    id: str
    name: str
    phone: str
    plate: str
    licence: str
    politics: str
    grid: str
    enterprise: str
    channel: str
    surveyed: str

    @property
    def is_party_member(self) -> bool:
        return self.politics in ("中共党员", "中共预备党员")


def made_up_phone(rng: np.random.Generator) -> str:
    return f"142{rng.integers(10**8):08d}"


def made_up_plate(rng: np.random.Generator, head: str = "甘L") -> str:
    letter = "ABCDEFGHJK"[int(rng.integers(10))]
    return f"{head}·{letter}{rng.integers(1000, 10_000)} 样"


def drivers_of(world: World, enterprises: list[Enterprise]) -> list[Driver]:
    rng = dice("drivers")
    people = [grid.town.people**0.5 for grid in world.grids]
    return [
        _driver(number, grid.code, enterprises, rng)
        for number, grid in enumerate(picks(rng, world.grids, people, world.scale.drivers), start=1)
    ]


def write_drivers(drivers: list[Driver], folder: Path) -> list[Dirt]:
    path = folder / "司机台账.csv"
    nameless = replace(drivers[20], id="JC-S9901", name="", phone="14200000901", plate="甘L·Z9901 样")
    again = replace(drivers[40], name="史样本重复", phone="14200000902", plate="甘L·Z9902 样")
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(HEADINGS)
        writer.writerows(tuple(vars(one).values()) for one in [*drivers, nameless, again])
    file, line = f"files/{path.name}", len(drivers) + 2
    return [
        Dirt(file, line, "JC-S9901", "姓名", "", "missing name", "kept", "the number tells the driver apart"),
        Dirt(
            file, line + 1, again.id, "编号", again.id, "duplicate id", "rejected",
            "another driver stands under this number already",
        ),
    ]  # fmt: skip


def _driver(number: int, grid: str, enterprises: list[Enterprise], rng: np.random.Generator) -> Driver:
    day = date(2025, 3, 1) + timedelta(days=int(rng.integers(365)))
    is_employed = chance(rng, 0.55)
    return Driver(
        id=f"JC-S{number:04d}",
        name=f"{pick(rng, _SURNAMES)}样本{number:04d}",
        phone=made_up_phone(rng),
        plate=made_up_plate(rng),
        licence=pick(rng, ("A2", "B2", "A1A2", "C1", ""), (0.55, 0.3, 0.05, 0.07, 0.03)),
        politics=pick(rng, ("群众", "中共党员", "共青团员", "中共预备党员", ""), (0.8, 0.08, 0.07, 0.01, 0.04)),
        grid=grid if chance(rng, 0.96) else "",
        enterprise=pick(rng, enterprises).name if is_employed else "",
        channel=pick(rng, ("入户走访", "企业上报", "网上填报", "驿站登记"), (0.4, 0.28, 0.22, 0.1)),
        surveyed=f"{day:%Y-%m-%d}" if chance(rng, 0.7) else f"{day.year}/{day.month}/{day.day}",
    )
