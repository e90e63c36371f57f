"""Resources along the way, drawn by somebody in the map program 奥维: one folder a kind, GCJ-02."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from data.sample.dice import dice, pick
from data.sample.dirt import Dirt
from data.sample.ground import along_m, moved, spot_beside
from etl.datum import from_wgs84

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np

    from data.sample.roads import Section
    from data.sample.world import World

_EVERY_KM = {  # kind: which roads, how far apart
    "服务区": (("高速公路", "一级公路"), 95.0),
    "停车区": (("高速公路", "一级公路"), 130.0),
    "加油站": (("二级公路", "三级公路"), 55.0),
    "治超站": (("二级公路",), 210.0),
    "原收费站": (("二级公路",), 190.0),
    "物流园区": (("二级公路",), 150.0),
    "货运公司驻外站点": (("二级公路",), 140.0),
}
_BAYS = {"服务区": 120, "停车区": 45, "物流园区": 150, "治超站": 15, "原收费站": 20, "加油站": 8}
_FACILITIES = {
    "服务区": "停车、如厕、热水、餐饮、便利店",
    "停车区": "停车、如厕",
    "物流园区": "停车、如厕、餐饮、住宿",
    "加油站": "如厕、便利店",
    "党群服务中心": "休息、热水、如厕、图书报刊",
    "户外劳动者服务站点": "休息、热水、饭菜加热、急救包",
}


@dataclass(frozen=True)
class Resource:
    """An existing place that could host a station."""

    id: str
    name: str
    kind: str
    bays: str
    area: str
    address: str
    lon: float
    lat: float


def resources_of(world: World) -> list[Resource]:
    found = [*_along_roads(world), *_in_towns(world)]
    return [replace(one, id=f"JC-R{number:03d}") for number, one in enumerate(found, start=1)]


def write_resources(resources: list[Resource], folder: Path) -> list[Dirt]:
    path = folder / "沿线资源.ovkml"
    rows = [*resources, *_wrong_ones()]
    by_kind: dict[str, list[Resource]] = defaultdict(list)
    for one in rows:
        by_kind[one.kind].append(one)
    ordered = [one for group in by_kind.values() for one in group]
    body = "".join(_folder(kind, group) for kind, group in by_kind.items())
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        f"<name>沿线资源（示例数据）</name>\n{body}</Document>\n</kml>\n",
        encoding="utf-8",
    )
    return _dirt(f"files/{path.name}", {one.id: row for row, one in enumerate(ordered, start=1)})


def _dirt(file: str, rows: dict[str, int]) -> list[Dirt]:
    return [
        Dirt(
            file, rows["JC-R901"], "JC-R901", "coordinates", "0.000000,0.000000,0",
            "coordinates 0/0", "rejected", "no position",
        ),
        Dirt(
            file, rows["JC-R902"], "JC-R902", "coordinates", _written(_wrong_ones()[1]),
            "swapped coordinates", "repaired", "latitude was written before longitude",
        ),
        Dirt(
            file, rows["JC-R903"], "JC-R903", "name", "", "missing name", "rejected", "a resource has a name"
        ),
    ]  # fmt: skip


def _wrong_ones() -> list[Resource]:
    spot = Resource("JC-R901", "旧货场", "物流园区", "20", "", "", 0.0, 0.0)
    return [
        spot,
        replace(spot, id="JC-R902", name="水泉寺停车区", kind="停车区", lon=35.331, lat=107.3497),
        replace(spot, id="JC-R903", name="", kind="加油站", lon=107.452, lat=35.313),
    ]


def _along_roads(world: World) -> Iterator[Resource]:
    rng = dice("resources")
    for kind, (classes, every_km) in _EVERY_KM.items():
        wait_km = every_km * float(rng.uniform(0.15, 0.45))
        for section in world.sections:
            if section.road_class not in classes:
                continue
            length_km = float(along_m(section.line)[-1]) / 1000
            if wait_km > length_km:
                wait_km -= length_km
                continue
            yield _beside(kind, section, wait_km * 1000, rng)
            wait_km = every_km * float(rng.normal(1.0, 0.15)) - (length_km - wait_km)
    for near, name in (((107.316, 35.342), "泾河物流园区"), ((107.541, 35.240), "高平货物集散点")):
        if world.scale.name == "county":
            lon, lat = moved(*near, 60, -80)
            yield Resource("", name, "物流园区", "160", "42亩", "泾川县", lon, lat)


def _beside(kind: str, section: Section, at_m: float, rng: np.random.Generator) -> Resource:
    lon, lat = spot_beside(section.line, at_m, float(rng.uniform(60, 140)))
    stake = "" if section.stakes_km is None else f"{section.ref} K{section.stakes_km[0]:.0f}"
    bays = "" if kind not in _BAYS else str(round(_BAYS[kind] * float(rng.uniform(0.6, 1.5))))
    area = f"{int(rng.integers(4, 90))}亩" if kind in ("服务区", "停车区", "物流园区") else ""
    name = f"{stake.replace(' ', '')}{pick(rng, ('川口', '塬边', '河湾', '柳湾', '沙坪', '石桥'))}{kind}"
    return Resource("", name, kind, "*" if bays and rng.random() < 0.08 else bays, area, stake, lon, lat)


def _in_towns(world: World) -> Iterator[Resource]:
    rng = dice("town resources")
    for town in world.towns:
        lon, lat = moved(town.lon, town.lat, *rng.normal(0, 140, 2).tolist())
        yield Resource("", f"{town.name}党群服务中心", "党群服务中心", "", "", town.name, lon, lat)
        if rng.random() < 0.6:
            lon, lat = moved(town.lon, town.lat, *rng.normal(0, 420, 2).tolist())
            yield Resource("", f"{town.name}户外劳动者服务站点", "户外劳动者服务站点", "", "", town.name, lon, lat)


def _folder(kind: str, resources: list[Resource]) -> str:
    marks = "".join(_placemark(one) for one in resources)
    return f"<Folder>\n<name>{escape(kind)}</name>\n{marks}</Folder>\n"


def _written(one: Resource) -> str:
    """The position in GCJ-02; a swapped one was shifted before it was swapped."""
    is_swapped = abs(one.lat) > 90
    lon, lat = (one.lat, one.lon) if is_swapped else (one.lon, one.lat)
    shifted = [f"{float(part):.6f}" for part in from_wgs84(lon, lat, "gcj02")]
    return ",".join([*(shifted[::-1] if is_swapped else shifted), "0"])


def _placemark(one: Resource) -> str:
    facts = {
        "编号": one.id,
        "资源类型": one.kind,
        "停车位": one.bays,
        "设施": _FACILITIES.get(one.kind, ""),
        "占地面积": one.area,
        "地址": one.address,
        "运营单位": "示例运营单位（虚构）" if one.kind in ("服务区", "物流园区", "加油站") else "",
    }
    data = "".join(f'<Data name="{key}"><value>{escape(value)}</value></Data>' for key, value in facts.items() if value)
    return (
        f"<Placemark>\n<name>{escape(one.name)}</name>\n<description>示例数据，纯属虚构</description>\n"
        "<OvAttr><OvIcon>4</OvIcon></OvAttr>\n<OvCoordType>GCJ-02</OvCoordType>\n"
        f"<ExtendedData>{data}</ExtendedData>\n"
        f"<Point><coordinates>{_written(one)}</coordinates></Point>\n</Placemark>\n"
    )
