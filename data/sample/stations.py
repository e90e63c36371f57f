"""The stations, each set beside the road it serves, and the ledger the office keeps of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.sample.ground import along_m, spot_beside
from data.sample.station_ledger import write_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.dirt import Dirt
    from data.sample.world import World

ROADS_WITH_STATIONS = ("一级公路", "二级公路", "三级公路", "四级公路")


@dataclass(frozen=True)
class Station:
    """A station as the ledger has it; what is written there may be wrong on purpose."""

    id: str
    name: str
    tier: str
    status: str
    town: str
    bays: int | str
    offers: frozenset[str]
    hours: str
    opened: str | int
    cost_wan: float | str
    operator: str
    side: str
    address: str
    lon: float
    lat: float

    @property
    def is_open(self) -> bool:
        return self.status.startswith("运营")


def stations_of(world: World) -> list[Station]:
    roads = world.nearest_roads(ROADS_WITH_STATIONS)
    stations = []
    for number, plan in enumerate(world.stations, start=1):
        section, share = roads.at(*plan["near"])
        lon, lat = spot_beside(section.line, share * along_m(section.line)[-1], 55.0)
        stations.append(_station(number, plan, f"{section.ref}线旁", lon, lat))
    return stations


def write_stations(stations: list[Station], folder: Path) -> list[Dirt]:
    return write_ledger(folder / "驿站台账.xlsx", [*stations, *_wrong_ones(stations[0])])


def _station(number: int, plan: dict[str, Any], address: str, lon: float, lat: float) -> Station:
    return Station(
        id=f"JC-Z{number:03d}",
        name=plan["name"],
        tier=plan["tier"],
        status=plan["status"],
        town=plan["town"],
        bays=plan["bays"],
        offers=frozenset(plan["offers"].split()),
        hours=plan["hours"],
        opened=plan["opened"],
        cost_wan=plan["cost"],
        operator=plan["operator"],
        side=plan["side"],
        address=address,
        lon=lon,
        lat=lat,
    )


def _wrong_ones(pattern: Station) -> list[Station]:
    """Rows that no ledger should hold, and some does."""
    plain = replace(pattern, town="待核实", operator="", cost_wan="", opened="2024-08-08", status="运营")
    plain = replace(plain, hours="8:30-18:00", offers=frozenset({"休息", "热水"}))
    return [
        replace(plain, id="JC-Z901", name="东关服务点", tier="服务点", bays=-12, lon=107.381, lat=35.331),
        replace(plain, id="JC-Z902", name="南塬驿栈", tier="驿栈", bays=10, lon=107.455, lat=35.246),
        replace(
            plain,
            id="JC-Z903",
            name="党原服务点",
            tier="服务点",
            bays=7,
            opened="2026-02-30",
            lon=107.301,
            lat=35.424,
        ),
        replace(plain, id="JC-Z904", name="太平服务点", tier="服务点", bays="２４", lon=107.3556, lat=35.2507),
        replace(plain, id="JC-Z905", name="外滩服务点", tier="服务点", bays=5, lon=121.490, lat=31.240),
    ]
