"""Crashes and violations along the roads, their position in one cell as somebody typed it."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import TYPE_CHECKING

from data.sample.dice import chance, dice, pick, picks
from data.sample.dirt import Dirt
from data.sample.ground import along_m, spot_beside
from data.sample.scale import FIRST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from data.sample.roads import Section
    from data.sample.world import World

HEADINGS = (
    "编号", "发生时间", "类型", "严重程度", "死亡人数", "受伤人数", "道路编号", "桩号", "经纬度"
)  # fmt: skip
_CRASHES = ("追尾", "侧翻", "刮擦", "撞固定物", "碰撞")
_RISKS = {"二级公路": 3.0, "高速公路": 0.7, "三级公路": 1.0}
_VIOLATIONS = ("超速", "超载", "疲劳驾驶", "违法停车")


def write_incidents(world: World, folder: Path) -> list[Dirt]:
    rng = dice("incidents")
    roads = [one for one in world.sections if one.stakes_km and _is_near(world, one)]
    weights = [_RISKS.get(one.road_class, 0.2) for one in roads]
    black = [pick(rng, roads, weights) for _ in range(3)]  # where they heap up
    spots = picks(rng, roads, weights, world.scale.incidents)
    rows = [
        _incident(number, pick(rng, black) if chance(rng, 0.3) else spot, rng)
        for number, spot in enumerate(spots, start=1)
    ]
    some = [*rows[0][6:]]
    rows.append(["JC-A901", "2026-01-11 07:20", "追尾", "伤人", "0", "3.7", *some])
    rows.append(["JC-A902", "2031-05-01 12:00", "侧翻", "财产损失", "0", "0", *some])
    path = folder / "事故违法.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([HEADINGS, *rows])
    file, line = f"files/{path.name}", len(rows)
    return [
        Dirt(file, line, "JC-A901", "受伤人数", "3.7", "fraction of a person", "rejected", "people are whole"),
        Dirt(file, line + 1, "JC-A902", "发生时间", "2031-05-01 12:00", "future date", "rejected", "not yet"),
    ]


def _is_near(world: World, section: Section) -> bool:
    west, south, east, north = world.bounds
    lon, lat = section.line[0]
    return bool(west - 0.05 < lon < east + 0.05 and south - 0.05 < lat < north + 0.05)


def _incident(number: int, section: Section, rng: np.random.Generator) -> list[str]:
    is_crash = chance(rng, 0.6)
    deaths = int(rng.random() < 0.06) * int(rng.integers(1, 4)) if is_crash else 0
    hurt = int(rng.poisson(0.8)) if is_crash else 0
    when = FIRST_DAY - timedelta(minutes=int(rng.integers(3 * 525_600)))
    at_m = float(rng.uniform(0, along_m(section.line)[-1]))
    lon, lat = spot_beside(section.line, at_m, float(rng.normal(0, 5)))
    return [
        f"JC-A{number:03d}",
        f"{when:%Y-%m-%d %H:%M}" if chance(rng, 0.7) else f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}",
        pick(rng, _CRASHES if is_crash else _VIOLATIONS),
        "" if not is_crash else "死亡" if deaths else "伤人" if hurt else "财产损失",
        str(deaths) if is_crash else "",
        "*" if is_crash and chance(rng, 0.05) else str(hurt) if is_crash else "",
        section.ref,
        _stake(section, at_m),
        f"{lon:.6f},{lat:.6f}" if chance(rng, 0.7) else f"{_typed(lon)},{_typed(lat)}",
    ]


def _stake(section: Section, at_m: float) -> str:
    assert section.stakes_km is not None  # noqa: S101 - only sections with stakes are asked
    start, end = section.stakes_km
    at_km = end - at_m / 1000 if section.direction == "下行" else start + at_m / 1000
    return f"K{int(at_km)}+{round(at_km % 1 * 1000) % 1000:03d}"


def _typed(degrees: float) -> str:
    seconds = round(degrees * 3600)
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}′{seconds % 60:02d}″"
