"""Repair shops: strips along a main road, patches beside freight yards, and some on their own."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from data.sample.dice import chance, dice, pick
from data.sample.dirt import Dirt
from data.sample.ground import along_m, moved, spot_beside
from data.sample.townships import spots_in
from etl.datum import from_wgs84

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from data.sample.ground import Numbers
    from data.sample.resources import Resource
    from data.sample.world import World

HEADINGS = (
    "编号", "店名", "维修类别", "是否备案", "占用绿地", "占道经营", "调查日期", "地址", "百度经度", "百度纬度"
)  # fmt: skip
_FIRST = ("顺达", "安行", "老王", "路通", "平安", "西口", "诚信", "鑫源", "驰远", "恒通", "补胎王", "川口")
_LAST = ("汽修", "轮胎", "补胎充气", "货车维修", "电器维修", "板簧维修", "汽车服务部")


@dataclass(frozen=True)
class Shop:
    """One line of the survey of repair shops."""

    id: str
    name: str
    shop_class: str
    is_filed: str
    on_green: str
    on_road: str
    surveyed: str
    address: str
    lon: float
    lat: float


def write_repair_shops(world: World, resources: list[Resource], folder: Path) -> list[Dirt]:
    rng = dice("repair shops")
    spots = _spots(world, resources, rng)
    shops = [_shop(number, *spot, rng) for number, spot in enumerate(spots, start=1)]
    wrong = [
        replace(shops[0], id="JC-W901", name="四类汽修", shop_class="四类"),
        replace(shops[1], id="JC-W902", name="零点补胎", lon=0.0, lat=0.0),
    ]
    path = folder / "维修点.csv"
    with path.open("w", encoding="gb18030", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(HEADINGS)
        writer.writerows(_row(shop) for shop in [*shops, *wrong])
    file, line = f"files/{path.name}", len(shops) + 2
    return [
        Dirt(file, line, "JC-W901", "维修类别", "四类", "unknown word", "rejected", "there are three classes"),
        Dirt(file, line + 1, "JC-W902", "百度经度", "0.000000", "coordinates 0/0", "rejected", "no position"),
    ]


def _spots(world: World, resources: list[Resource], rng: np.random.Generator) -> list[tuple[float, float, str]]:
    """Where shops lie, and what kind of neighbourhood that is."""
    total = world.scale.shops
    roads = [one.line for one in world.sections if one.road_class == "二级公路"]
    inside = [line for line in roads if shapely.contains_xy(world.land, line[[0, -1]]).all()]
    chosen = rng.choice(len(inside), min(len(inside), max(5, total // 55)), replace=False)
    strips = [inside[int(place)] for place in chosen]
    depots = [(one.lon, one.lat) for one in resources if one.kind == "物流园区"]
    yards = [spot for spot in depots if shapely.contains_xy(world.land, *spot)]
    in_strips, in_patches = round(total * 0.5), round(total * 0.32)
    return [
        *((*_roadside(pick(rng, strips), rng), "strip") for _ in range(in_strips)),
        *((*_round_about(pick(rng, yards), rng), "patch") for _ in range(in_patches)),
        *((*spots_in(pick(rng, world.grids).land, 1, rng)[0], "alone") for _ in range(total - in_strips - in_patches)),
    ]


def _roadside(line: Numbers, rng: np.random.Generator) -> tuple[float, float]:
    offset_m = float(rng.choice([-1.0, 1.0]) * rng.uniform(14, 55))
    return spot_beside(line, float(rng.uniform(0, along_m(line)[-1])), offset_m)


def _round_about(spot: tuple[float, float], rng: np.random.Generator) -> tuple[float, float]:
    return moved(*spot, float(rng.normal(0, 170)), float(rng.normal(0, 170)))


def _shop(number: int, lon: float, lat: float, where: str, rng: np.random.Generator) -> Shop:
    is_strip = where == "strip"
    return Shop(
        id=f"JC-W{number:03d}",
        name=f"{pick(rng, _FIRST)}{pick(rng, _LAST)}（样{number}）",
        shop_class=pick(rng, ("一类", "二类", "三类"), (0.04, 0.2, 0.76)),
        is_filed=pick(rng, ("是", "否", "*"), (0.42, 0.5, 0.08)),
        on_green="是" if chance(rng, 0.22 if is_strip else 0.06) else "否",
        on_road="是" if chance(rng, 0.45 if is_strip else 0.08) else "否",
        surveyed=f"2026-{rng.integers(1, 3):02d}-{rng.integers(1, 29):02d}",
        address="G312线旁" if is_strip else "物流园旁" if where == "patch" else "",
        lon=lon,
        lat=lat,
    )


def _row(shop: Shop) -> list[str]:
    lon, lat = (float(part) for part in from_wgs84(shop.lon, shop.lat, "bd09"))
    place = [f"{lon:.6f}", f"{lat:.6f}"]
    facts = [shop.id, shop.name, shop.shop_class, shop.is_filed, shop.on_green, shop.on_road]
    return [*facts, shop.surveyed, shop.address, *place]
