"""Four hours 四小时: where driving spells reach them, and whether a driver finds a station before.

Observed from tracks; modelled from the corridor, its stations and its flow where there are none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.corridors.located import located
from planning.corridors.rest_points import stations_along
from planning.corridors.serving import between, served_stretches, truck_km_on
from planning.need import Need
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor
    from planning.corridors.rest_points import RestPoint
    from planning.corridors.serving import Stretch

BIN_KM = 10.0  # along a corridor: what lies in one bin is told together, so that no single truck shows


@dataclass(frozen=True)
class SpellShare:
    """Of the driving spells that were seen from rest to rest, how many last too long."""

    spells: int
    over: int
    vehicles: int

    @property
    def pct(self) -> float | None:
        return 100 * self.over / self.spells if self.spells else None


@dataclass(frozen=True)
class Bin:
    """Some kilometres of a corridor and how often a day something happens there, by how many trucks."""

    ref: str
    direction: str | None  # None where it is not known
    from_km: float
    to_km: float
    per_day: float
    vehicles: int
    lon: float
    lat: float


@dataclass(frozen=True)
class Break:
    """Where a driver who last could rest at `since_km` has driven for four hours."""

    since_km: float
    at_km: float
    trucks_per_day: float | None


@dataclass(frozen=True)
class FourHours:
    """Whether a fitting open station is passed before the fourth hour, for whoever sets out at the corridor's end."""

    longest_min: float  # between two places of rest, or an end of the corridor
    is_always_in_time: bool
    breaks: tuple[Break, ...]
    over: tuple[Stretch, ...]  # where the last rest is more than four hours ago
    over_truck_km_per_day: float


@dataclass(frozen=True)
class HazmatNight:
    """Where trucks with dangerous goods can wait while the expressway is closed to them at night."""

    from_hour: int
    to_hour: int
    shelters: tuple[RestPoint, ...]
    unsheltered: tuple[Stretch, ...]  # no shelter ahead within the standard of coverage
    trucks_per_day: float | None  # in the busiest hour and place of the ban; None where too few are seen


_shares: SnapshotCache[dict[tuple[str, str] | None, SpellShare]] = SnapshotCache(limit=4)
_bins: SnapshotCache[tuple[Bin, ...]] = SnapshotCache(limit=8)


def spell_share(atlas: Atlas, line: Corridor | None = None) -> SpellShare | None:
    """Of a corridor or the whole; None where fewer trucks drove than may be told of."""
    limit_min = standard("driving_spell_h", standards_of(atlas.place_folder)).value * 60
    found = _shares.get(atlas.path, f"{limit_min:g}", lambda: _read_shares(atlas, limit_min))
    share = found.get((line.ref, line.direction) if line else None)
    least = standard("k_anonymity", standards_of(atlas.place_folder)).value
    return share if share is not None and share.vehicles >= least else None


def four_hours(atlas: Atlas, line: Corridor, need: Need | None = None) -> FourHours:
    """The longest driving on a corridor from rest to rest, for trucks that set out at its beginning."""
    limit_min = standard("driving_spell_h", standards_of(atlas.place_folder)).value * 60
    rests = [0.0]
    longest_min = 0.0
    over: list[Stretch] = []
    breaks: list[Break] = []
    for point_min, detour_min in [*((p.at_min, p.detour_min) for p in stations_along(atlas, line, need)),
                                  (line.whole_min, 0.0)]:  # fmt: skip
        driven = point_min + detour_min - rests[-1]
        longest_min = max(longest_min, driven)
        if driven > limit_min:
            begins = rests[-1] + limit_min
            over += between_minutes(line, begins, point_min)
            breaks.append(Break(line.km_at(rests[-1]), line.km_at(begins), _trucks_at(line, begins)))
        rests.append(point_min)
    return FourHours(longest_min, longest_min <= limit_min, tuple(breaks), tuple(over), truck_km_on(line, over))


def between_minutes(line: Corridor, begin_min: float, end_min: float) -> list[Stretch]:
    """The stretch between two moments of the way, if there is any."""
    from planning.corridors.serving import Stretch  # noqa: PLC0415

    end_min = min(end_min, line.whole_min)
    if end_min <= begin_min:
        return []
    return [Stretch(line.km_at(begin_min), line.km_at(end_min), begin_min, end_min)]


def breakpoint_bins(atlas: Atlas) -> tuple[Bin, ...]:
    """Where spells reach four hours, as observed, by corridor and direction."""
    return _bins.get(atlas.path, "breakpoints", lambda: _binned(atlas, "breakpoints"))


def roadside_stop_bins(atlas: Atlas) -> tuple[Bin, ...]:
    """Where trucks stand for a rest at the side of a numbered road: evidence of need."""
    return _bins.get(atlas.path, "roadside_stops", lambda: _binned(atlas, "roadside_stops"))


def hazmat_night(atlas: Atlas, line: Corridor) -> HazmatNight:
    """`line` is the corridor as trucks with dangerous goods drive it."""
    standards = standards_of(atlas.place_folder)
    hours = [int(standard(f"hazmat_ban_{end}_hour", standards).value) for end in ("from", "to")]
    shelters: dict[str, RestPoint] = {}
    for need in (Need(tiers=("hazmat_station",), vehicle="hazmat_truck"),
                 Need(facilities=("hazmat_parking",), vehicle="hazmat_truck")):  # fmt: skip
        shelters |= {one.thing_id: one for one in stations_along(atlas, line, need, profile="hazmat_truck")}
    points = tuple(sorted(shelters.values(), key=lambda one: one.at_min))
    served = served_stretches(line, points, standard("coverage_min", standards).value)
    rows = atlas.query("night_hazmat", from_hour=hours[0], to_hour=hours[1]).to_pylist()
    on_line = set(line.edge.tolist())
    seen = [row["trucks_per_day"] for row in rows if row["edge_id"] in on_line]
    return HazmatNight(hours[0], hours[1], points, between(line, served), max(seen, default=None))


def _read_shares(atlas: Atlas, limit_min: float) -> dict[tuple[str, str] | None, SpellShare]:
    return {
        (row["ref"], row["direction"]) if row["ref"] else None: SpellShare(row["spells"], row["over"], row["vehicles"])
        for row in atlas.query("spell_shares", limit_min=limit_min).to_pylist()
    }


def _trucks_at(line: Corridor, moment: float) -> float | None:
    place = int(np.clip(np.searchsorted(line.begin_min, moment, side="right") - 1, 0, len(line.edge) - 1))
    trucks = float(line.trucks_per_day[place])
    return None if np.isnan(trucks) else trucks


def _binned(atlas: Atlas, query: str) -> tuple[Bin, ...]:
    rows = atlas.query(query)
    (facts,) = atlas.query("tracked_days").to_pylist()
    lon, lat = (np.asarray(rows.column(name).to_numpy(), dtype=np.float64) for name in ("lon", "lat"))
    found = located(atlas, lon, lat)
    vehicles = rows.column("vehicle").to_pylist()
    ways = rows.column("corridors").to_pylist() if "corridors" in rows.column_names else [None] * len(vehicles)
    heaps: defaultdict[tuple[str, str | None, float], list[int]] = defaultdict(list)
    for place, ref, km in zip(found.position.tolist(), found.ref, found.km.tolist(), strict=True):
        heaps[ref, _direction(ref, ways[place]), np.floor(km / BIN_KM) * BIN_KM].append(place)
    least = standard("k_anonymity", standards_of(atlas.place_folder)).value
    return tuple(
        Bin(ref, direction, float(from_km), float(from_km) + BIN_KM, len(places) / facts["days"], different,
            float(lon[places].mean()), float(lat[places].mean()))
        for (ref, direction, from_km), places in sorted(heaps.items(), key=_in_order)
        if (different := len({vehicles[place] for place in places})) >= least
    )  # fmt: skip


def _in_order(heap: tuple[tuple[str, str | None, float], list[int]]) -> tuple[str, str, float]:
    ref, direction, from_km = heap[0]
    return ref, direction or "", from_km


def _direction(ref: str, ways: Any) -> str | None:  # noqa: ANN401
    """Which way a spell drove on the road where it reached four hours; None where it drove both."""
    directions = {way.rsplit(" ", 1)[1] for way in ways or () if way.rsplit(" ", 1)[0] == ref}
    return directions.pop() if len(directions) == 1 else None
