"""A straight road of 200 km with stations on it, built for real: 60 km/h, so that a kilometre is a minute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planning.atlas import open_atlas
from tests.etl.derived.small_county import HERE
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from planning.atlas import Atlas

STATION_HEADINGS = ["编号", "名称", "类型", "状态", "服务方向", "经度", "纬度"]
RESOURCE_HEADINGS = ["编号", "名称", "类型", "设施", "经度", "纬度"]
BEGIN_KM = 100.0  # the stake at the western end


def place_with(
    folder: Path,
    stations: Iterable[tuple[str, float, Mapping[str, Any]]] = (),
    resources: Iterable[tuple[str, float, Mapping[str, Any]]] = (),
    *,
    length_km: float = 200,
    trucks: float | None = 400,
    has_stakes: bool = True,
    **road: Any,
) -> Atlas:
    """Things lie 50 m beside the road at a kilometre from its western end."""
    place = SmallPlace(folder, margin_km=400)
    _write_road(folder, length_km, trucks, has_stakes=has_stakes, **road)
    place.add("routes", "roads.geojson")
    rows = [
        [
            f"Z{number}",
            name,
            more.get("tier", "红色驿站"),
            more.get("status", "运营"),
            more.get("serves", ""),
            *_spot(km),
        ]
        for number, (name, km, more) in enumerate(stations)
    ]
    place.add("stations", "stations.csv", [STATION_HEADINGS, *rows])
    rows = [
        [f"R{number}", name, more.get("kind", "服务区"), more.get("facilities", ""), *_spot(km)]
        for number, (name, km, more) in enumerate(resources)
    ]
    place.add("resources", "resources.csv", [RESOURCE_HEADINGS, *rows])
    place.build()
    return open_atlas(folder)


def _write_road(folder: Path, length_km: float, trucks: float | None, *, has_stakes: bool, **road: Any) -> None:
    pieces = 10
    features = []
    for number in range(pieces):
        begin, end = (length_km * share / pieces for share in (number, number + 1))
        properties = {
            "编号": f"L{number}", "路线编号": "G1", "等级": "二级公路", "方向": "双向", "限速": 60, "货车日均流量": trucks,
            "起点桩号": BEGIN_KM + begin if has_stakes else None, "终点桩号": BEGIN_KM + end if has_stakes else None, **road,
        }  # fmt: skip
        line = [_degrees(begin + (end - begin) * step / 4) for step in range(5)]
        shape = {"type": "LineString", "coordinates": line}
        features.append({"type": "Feature", "properties": properties, "geometry": shape})
    written = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (folder / "files" / "roads.geojson").write_text(written, "utf-8")


def _degrees(km: float) -> list[float]:
    lon, lat = HERE.inverse(km * 1000, 0)
    return [float(lon), float(lat)]


def _spot(km: float) -> list[float]:
    lon, lat = HERE.inverse(km * 1000, 50)
    return [float(lon), float(lat)]
