"""Freight enterprises: invented names, and counts of which some are not known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sample.dice import chance, dice, pick

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from data.sample.world import World

HEADINGS = (
    "企业编号", "企业名称", "企业类型", "车辆数", "从业司机数", "党员数", "是否危货运输", "注册地址",
    "经度", "纬度",
)  # fmt: skip
_KINDS = ("货运企业", "危货运输企业", "物流园区", "网络货运平台", "合作社", "维修企业")


@dataclass(frozen=True)
class Enterprise:
    """An enterprise, and its line in the file."""

    id: str
    name: str
    row: tuple[str, ...]


def enterprises_of(world: World) -> list[Enterprise]:
    rng = dice("enterprises")
    number = max(25, world.scale.drivers // 100)
    return [_enterprise(place, world, rng) for place in range(1, number + 1)]


def write_enterprises(enterprises: list[Enterprise], folder: Path) -> None:
    with (folder / "货运企业.csv").open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(HEADINGS)
        writer.writerows(one.row for one in enterprises)


def _enterprise(number: int, world: World, rng: np.random.Generator) -> Enterprise:
    kind = pick(rng, _KINDS, (0.5, 0.12, 0.08, 0.08, 0.14, 0.08))
    town = pick(rng, world.towns)
    trucks = round(float(rng.lognormal(3.0, 0.9)))
    drivers = round(trucks * float(rng.uniform(1.0, 1.6)))
    id_, name = f"JC-Q{number:03d}", f"泾川样{number:02d}{kind.removesuffix('企业')}有限公司（虚构）"
    row = (
        id_, name, kind, _known(trucks, rng), _known(drivers, rng), _known(round(drivers * 0.07), rng),
        "是" if kind == "危货运输企业" or chance(rng, 0.05) else "否", f"泾川县{town.name}样本路{number}号",
        f"{town.lon + rng.normal(0, 0.006):.6f}", f"{town.lat + rng.normal(0, 0.004):.6f}",
    )  # fmt: skip
    return Enterprise(id_, name, row)


def _known(count: int, rng: np.random.Generator) -> str:
    return "*" if chance(rng, 0.12) else str(count)
