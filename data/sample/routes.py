"""Road sections as the office's GeoJSON of freight routes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from data.sample.dice import dice, pick

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.roads import Section


def write_routes(sections: list[Section], folder: Path) -> None:
    features = ",\n".join(
        json.dumps(_feature(number, section), ensure_ascii=False) for number, section in enumerate(sections, start=1)
    )
    head = '{"type": "FeatureCollection", "name": "货运路线（示例数据，纯属虚构）", "features": [\n'
    (folder / "货运路线.geojson").write_text(f"{head}{features}\n]}}\n", encoding="utf-8")


def _feature(number: int, section: Section) -> dict[str, Any]:
    structure = _structure(section)
    return {
        "type": "Feature",
        "properties": {
            "路段编号": f"JC-L{number:05d}",
            "路线编号": section.ref,
            "路线名称": section.name,
            "技术等级": section.road_class,
            "行驶方向": section.direction,
            "是否单行": "是" if section.is_oneway else "否",
            "限速": section.speed_km_per_h,
            "货车日均流量": "*" if section.trucks_per_day is None else section.trucks_per_day,
            "起点桩号": _stake(section, 0),
            "止点桩号": _stake(section, 1),
            "危货车辆通行": section.hazmat,
            "桥梁": "是" if structure == "桥梁" else "否",
            "隧道": "是" if structure == "隧道" else "否",
        },
        "geometry": {"type": "LineString", "coordinates": section.line.tolist()},
    }


def _structure(section: Section) -> str:
    """Bridge, tunnel or neither; both carriageways are the same."""
    if section.stakes_km is None or section.road_class not in ("高速公路", "一级公路", "二级公路"):
        return ""
    rng = dice(f"structure {section.ref} {section.stakes_km[0]}")
    return pick(rng, ("桥梁", "隧道", ""), (0.07, 0.04, 0.89))


def _stake(section: Section, end: int) -> str | None:
    if section.stakes_km is None:
        return None
    metres = round(section.stakes_km[end] * 1000)
    return f"K{metres // 1000}+{metres % 1000:03d}"
