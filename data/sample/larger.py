"""Plans of a province or the whole country, thrown over real county outlines, for measuring speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from data.sample.dice import dice, pick
from data.sample.townships import spots_in, towns_of
from etl.divisions import Division, counties_of, divisions_of_level, find_division

if TYPE_CHECKING:
    from data.sample.scale import Scale
    from data.sample.townships import Town

_WHOLE_COUNTRY = "100000"
_TIERS = ("红色驿站", "服务站", "服务点", "司机之家", "红领驿站")


def larger_plans(scale: Scale) -> tuple[dict[str, Any], list[Town], dict[str, Any]]:
    """Roads, townships and stations in the same form as the plans of the county."""
    counties = _counties(scale.division)
    seats = {county.name + county.code: county.outline.representative_point() for county in counties}
    nodes = {name: [round(seat.x, 6), round(seat.y, 6)] for name, seat in seats.items()}
    roads = [_road(place, pair) for place, pair in enumerate(_neighbours(nodes))]
    towns = [town for county in counties for town in _towns(county, scale.towns_per_county)]
    return {"nodes": nodes, "road": roads}, towns, {"station": _stations(nodes)}


def _counties(code: str) -> tuple[Division, ...]:
    if code == _WHOLE_COUNTRY:
        return divisions_of_level("county")
    return counties_of(find_division(code))


def _neighbours(nodes: dict[str, list[float]]) -> list[tuple[str, str]]:
    """Pairs of seats that a road joins: every pair of a shortest tree, and the short pairs beside it."""
    names = {(lon, lat): name for name, (lon, lat) in nodes.items()}
    edges = shapely.delaunay_triangles(shapely.MultiPoint(list(names)), only_edges=True)
    pairs = sorted(_pair(edge, names) for edge in edges.geoms)
    usual = float(np.quantile([length for length, _, _ in pairs], 0.45))
    root = {name: name for name in nodes}

    def root_of(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    joined = []
    for length, start, end in pairs:
        is_needed = root_of(start) != root_of(end)
        root[root_of(start)] = root_of(end)
        if is_needed or length < usual:
            joined.append((start, end))
    return joined


def _pair(edge: shapely.LineString, names: dict[tuple[float, float], str]) -> tuple[float, str, str]:
    start, end = ((float(lon), float(lat)) for lon, lat in edge.coords)
    return edge.length, names[start], names[end]


def _road(place: int, pair: tuple[str, str]) -> dict[str, Any]:
    road_class, speed = [("一级公路", 80), ("二级公路", 70), ("二级公路", 60), ("三级公路", 50)][place % 4]
    return {
        "ref": f"G{900 + place}",
        "name": "示例线",
        "class": road_class,
        "speed_km_per_h": speed,
        "stake_from_km": 0.0,
        "hazmat": "是",
        "trucks_per_day": 2000,
        "through": list(pair),
    }


def _towns(county: Division, number: int) -> list[Town]:
    rng = dice(f"towns {county.code}")
    land = shapely.make_valid(county.outline)
    plan = [
        {
            "name": f"{county.short_name}样{place}镇",
            "area": "片区",
            "at": spot,
            "people": int(rng.integers(4_000, 60_000)),
        }
        for place, spot in enumerate(spots_in(land, number, rng), start=1)
    ]
    return towns_of({"town": plan}, county.code, land)


def _stations(nodes: dict[str, list[float]]) -> list[dict[str, Any]]:
    rng = dice("larger stations")
    return [
        {
            "name": f"{name[:-6]}示例驿站",
            "tier": pick(rng, _TIERS),
            "status": "运营",
            "near": place,
            "town": name[:-6],
            "bays": int(rng.integers(6, 90)),
            "hours": "全天24小时",
            "opened": "2024-06-01",
            "cost": int(rng.integers(4, 300)),
            "operator": "示例运营单位（虚构）",
            "side": "双向",
            "offers": "停车 休息 热水 饭菜加热 淋浴 洗衣 如厕",
        }
        for name, place in nodes.items()
        if rng.random() < 0.4
    ]
