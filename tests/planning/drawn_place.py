"""A small place drawn in words: roads and stations in kilometres east/north of its middle.

`road second oneway 0/0 22/0; station offers=shower status=planned 11/0` is a road of the second class that is driven
one way, and beside its middle a planned station with a shower. `shops 0/0 0.1/0` are two repair shops.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from etl.projection import LocalProjection
from planning.atlas import open_atlas
from planning.need import Need
from tests.etl.small_place import EAST, NORTH, SOUTH, WEST, SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas

HERE = LocalProjection((WEST + EAST) / 2, (SOUTH + NORTH) / 2)
TICKED = ("parking", "shower")
STATION_HEADINGS = ["编号", "站名", "类型", "状态", "营业时间", "服务方向", *TICKED, "经度", "纬度"]


def drawn_place(folder: Path, drawn: str, villages: list[str]) -> Atlas:
    """A place with these roads and stations, and a village at each spot."""
    roads, stations, shops = [], [], []
    for number, words in enumerate(one.split() for one in drawn.split(";")):
        kind, *told = words
        values = dict(one.split("=", 1) for one in told if "=" in one)
        spots = [degrees(one) for one in told if "/" in one]
        if kind == "road":
            roads.append(_road(number, {one for one in told if "=" not in one and "/" not in one}, values, spots))
        elif kind == "shops":
            shops += [[f"W{number}-{at}", f"店{at}", *spot] for at, spot in enumerate(spots)]
        else:
            stations.append(_station(number, values, spots[0]))
    place = SmallPlace(folder)
    collection = {"type": "FeatureCollection", "features": roads}
    (folder / "files" / "roads.geojson").write_text(json.dumps(collection), "utf-8")
    place.add("routes", "roads.geojson").add("stations", "stations.csv", [STATION_HEADINGS, *stations])
    if shops:
        place.add("repair_shops", "shops.csv", [["编号", "店名", "经度", "纬度"], *shops])
    rows = [[spot, spot, *degrees(spot)] for spot in villages]
    place.add("places", "places.csv", [["编码", "名称", "经度", "纬度"], *rows]).build()
    return open_atlas(folder)


def degrees(spot: str) -> tuple[float, float]:
    east_km, north_km = map(float, spot.split("/"))
    lon, lat = HERE.inverse([1000 * east_km], [1000 * north_km])
    return float(lon[0]), float(lat[0])


def drawn_need(words: str) -> Need:
    """`needs=shower hour=2 vehicle=hazmat_truck`."""
    told: dict[str, Any] = dict(one.split("=", 1) for one in words.split())
    facilities, tiers = (tuple(told.pop(name, "").split("+")) for name in ("needs", "tiers"))
    hour = told.pop("hour", None)
    return Need(
        facilities=tuple(filter(None, facilities)),
        tiers=tuple(filter(None, tiers)),
        hour=None if hour is None else int(hour),
        with_planned=told.pop("with_planned", "no") == "yes",
        **told,
    )


def _road(number: int, flags: set[str], values: dict[str, str], spots: list[tuple[float, float]]) -> dict[str, Any]:
    (road_class,) = flags - {"oneway", "up", "down", "nohazmat"}
    told = {
        "route_id": f"R{number}",
        "class": road_class,
        "is_oneway": "是" if "oneway" in flags else "否",
        "direction": next(iter(flags & {"up", "down"}), None),
        "is_hazmat_allowed": "否" if "nohazmat" in flags else "是",
        "speed_km_per_h": values.get("limit"),
    }
    course = json.loads(shapely.to_geojson(shapely.LineString(spots)))
    return {"type": "Feature", "properties": told, "geometry": course}


def _station(number: int, values: dict[str, str], spot: tuple[float, float]) -> list[object]:
    offers, unknown = (set(values.get(name, "").split("+")) for name in ("offers", "unknown"))
    ticks = ["√" if one in offers else "不详" if one in unknown else "" for one in TICKED]
    ticks = ticks if any(ticks) else ["√", ""]
    told = (values.get(name, usual) for name, usual in (("tier", "service_station"), ("status", "open"), ("hours", "")))
    return [f"S{number}", f"站{number}", *told, values.get("side", ""), *ticks, *spot]
