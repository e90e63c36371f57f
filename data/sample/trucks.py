"""Who drives where and when: long hauls through the corridor and local trucks, two weeks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.sample.dice import chance, dice, pick
from data.sample.hauls import Drive, Manner, phases_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.sample.hauls import Phase, RestPlaces
    from data.sample.world import World

PINGS_PER_TRUCK = 1950  # measured over the two weeks; 300 trucks in the committed county
_HOME_PLATES = ("甘L", "甘M", "宁A", "宁D", "陕D", "陕A", "甘A", "豫N")
_HAULS = (  # from, to, how often
    ("西安", "银川", 30),
    ("咸阳", "固原", 12),
    ("西安", "平凉", 12),
    ("城关镇", "银川", 9),
    ("城关镇", "西安", 9),
    ("彬州", "平凉", 12),
    ("彬州", "中宁", 8),
    ("咸阳", "吴忠", 8),
)
_LARGER_HAULS, _LARGER_HOMES = 300, 80
_TWO_WEEKS_S = 14 * 86_400.0


@dataclass(frozen=True)
class Truck:
    """A truck, its driver's manner and its tracker's interval."""

    plate: str
    is_hazmat: bool
    is_local: bool
    interval_s: float
    manner: Manner
    toll_dread: float


@dataclass(frozen=True)
class Trip:
    """A trip, and the hours the truck then stands at its end."""

    drive: Drive
    starts_s: float  # after the first day's midnight
    phases: list[Phase]
    until_s: float


def truck_of(number: int, seed: str) -> tuple[Truck, np.random.Generator]:
    rng = dice(f"{seed} {number}")
    is_hazmat, is_local = chance(rng, 0.08), chance(rng, 0.3)
    fastest = 78.0 if is_hazmat else float(rng.uniform(82, 96))
    manner = Manner(float(rng.normal(0.9, 0.05)), fastest, float(rng.normal(3.3, 0.55)))
    interval = float(pick(rng, (30, 45, 60, 90, 120), (0.12, 0.18, 0.35, 0.2, 0.15)))
    plate = _plate(number, pick(rng, _HOME_PLATES))
    if is_local:
        interval = max(interval, 60.0)
    toll_dread = 3.0 if chance(rng, 0.4) and not is_hazmat else 1.0
    return Truck(plate, is_hazmat, is_local, interval, manner, toll_dread), rng


def _plate(number: int, head: str) -> str:
    """No two trucks below 216,000 get the same: letter and digits together never repeat."""
    letter = "ABCDEFGHJKLMNPQRSTUVWXYZ"[(number + number // 9000) % 24]
    return f"{head}·{letter}{number * 7919 % 9000 + 1000} 样"


def trips_of(truck: Truck, world: World, places: RestPlaces, rng: np.random.Generator) -> Iterator[Trip]:
    return (_local if truck.is_local else _long)(truck, world, places, rng)


def _long(truck: Truck, world: World, places: RestPlaces, rng: np.random.Generator) -> Iterator[Trip]:
    """To and fro between two ends, with a day or so at each."""
    start, end = _haul(world, rng)
    if chance(rng, 0.5):
        start, end = end, start
    clock = float(rng.uniform(-0.3, 3.0)) * 86_400
    while clock < _TWO_WEEKS_S:
        clock = _departure(clock, rng)
        way = world.ways.between(world.nodes[start], world.nodes[end], truck.toll_dread)
        if way is None:
            return
        drive = Drive(way, truck.manner, rng)
        phases = phases_of(drive, truck.manner, places, rng)
        trip = _trip(drive, clock, phases, float(rng.uniform(10, 62)) * 3600)
        yield trip
        clock, start, end = trip.until_s, end, start


def _local(truck: Truck, world: World, places: RestPlaces, rng: np.random.Generator) -> Iterator[Trip]:
    """By day between the townships, loading and unloading at each end; Sundays off, mostly."""
    seats = _home_nodes(world, rng)
    at = pick(rng, seats)
    for day in range(14):
        if chance(rng, 0.75 if day % 7 == 6 else 0.2):
            continue
        clock = day * 86_400 + float(rng.normal(7.2, 0.8)) * 3600
        for _ in range(int(rng.integers(2, 6))):
            to = pick(rng, [seat for seat in seats if seat != at])
            way = world.ways.between(world.nodes[at], world.nodes[to], 3.0)
            if way is None:
                continue
            drive = Drive(way, truck.manner, rng)
            phases = phases_of(drive, truck.manner, places, rng)
            trip = _trip(drive, clock, phases, float(rng.uniform(18, 95)) * 60)
            yield trip
            clock, at = trip.until_s, to


def _haul(world: World, rng: np.random.Generator) -> tuple[str, str]:
    if world.scale.name == "county":
        start, end, _ = pick(rng, _HAULS, [often for *_, often in _HAULS])
        return start, end
    names = world.far_nodes
    rng = dice(f"haul {rng.integers(_LARGER_HAULS)}")  # few, so that the ways between them are found once
    start = pick(rng, names)
    near = sorted(names, key=lambda name: np.hypot(*np.subtract(world.nodes[name], world.nodes[start])))
    return start, pick(rng, near[5:60])


def _home_nodes(world: World, rng: np.random.Generator) -> list[str]:
    if world.scale.name == "county":
        return [*(town.name for town in world.towns), "泾川物流园", "泾川物流园"]
    home = world.nodes[pick(dice(f"home {rng.integers(_LARGER_HOMES)}"), world.far_nodes)]
    return sorted(world.nodes, key=lambda name: np.hypot(*np.subtract(world.nodes[name], home)))[:8]


def _departure(clock: float, rng: np.random.Generator) -> float:
    """The next full moment at which drivers like to set off: early, or in the evening."""
    hour = float(rng.normal(7.0, 2.0)) if chance(rng, 0.55) else float(rng.normal(20.5, 2.2))
    wanted = clock - clock % 86_400 + hour * 3600
    return wanted if wanted > clock else wanted + 86_400


def _trip(drive: Drive, clock: float, phases: list[Phase], rest_s: float) -> Trip:
    return Trip(drive, clock, phases, clock + phases[-1].end_s + rest_s)
