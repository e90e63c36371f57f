"""What is asked of a station, by whom and when; and which stations are known to fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from planning.ledger_items import facilities_told
from planning.network import Travel
from planning.opening_hours import is_open_at
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard_list
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planning.atlas import Atlas
    from planning.network import Measure
    from planning.road_graph import Profile

Fit: TypeAlias = Literal["yes", "maybe", "no"]
_NOT_YET = ("building", "planned")
_BOTH = "both"
_EQUIPMENT = "service_equipment"


@dataclass(frozen=True)
class Need:
    """Who drives, when, and what the station must have; what nothing is asked of lets all stations through."""

    facilities: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    hour: int | None = None  # the station is open then, and roads are as they are then
    direction: str | None = None  # up or down: the station serves trucks that drive so
    vehicle: Profile = "truck"
    measure: Measure = "min"
    with_planned: bool = False  # as if what is planned or being built were open

    @property
    def travel(self) -> Travel:
        return Travel(self.vehicle, self.hour, self.measure)


@dataclass(frozen=True)
class Station:
    """What the ledger says of a station; what it doesn't say is None."""

    station_id: str
    name: str
    tier: str | None
    status: str | None
    facilities: frozenset[str] | None
    facilities_unknown: frozenset[str]
    opening_hours: str | None
    serves_direction: str | None
    bays: int | None
    lon: float
    lat: float
    facilities_told: frozenset[str] | None = None  # of which its ledger speaks at all; None: of every one

    def offers(self, facility: str) -> bool | None:
        """Whether it has a facility; None where the ledger doesn't know, or where nobody asked."""
        if self.facilities is None:
            return None
        if facility in self.facilities:
            return True
        is_told = self.facilities_told is None or facility in self.facilities_told
        return False if is_told and facility not in self.facilities_unknown else None


_stations: SnapshotCache[tuple[Station, ...]] = SnapshotCache(limit=4)


def stations(atlas: Atlas) -> tuple[Station, ...]:
    """All stations of the ledger, in the order of their ids."""
    standards = standards_of(atlas.place_folder)
    equipment = frozenset(standard_list("equipment_facilities", standards).codes)
    return _stations.get(atlas.path, f"stations {standards.sign}", lambda: tuple(_read(atlas, equipment)))


def fit(station: Station, need: Need) -> Fit:
    """Whether a station has all that is asked; what its ledger does not say, it may have."""
    answers = (
        _is_there(station.status, with_planned=need.with_planned),
        _is_of(station.tier, need.tiers),
        _all_of(station.offers(facility) for facility in need.facilities),
        True if need.hour is None else is_open_at(station.opening_hours, need.hour),
        _is_of(station.serves_direction, (need.direction, _BOTH) if need.direction else ()),
    )
    if False in answers:
        return "no"
    return "maybe" if None in answers else "yes"


def _read(atlas: Atlas, equipment: frozenset[str]) -> Iterable[Station]:
    rows = atlas.query("stations_to_fit").to_pylist()
    told = facilities_told(atlas, rows)
    for row in rows:
        offered, unknown = row.pop("facilities"), frozenset(row.pop("facilities_unknown") or ())
        has = None if offered is None else _with_equipment(frozenset(offered), equipment)
        yield Station(facilities=has, facilities_unknown=unknown, facilities_told=told[row.pop("origin_id")], **row)


def _with_equipment(offered: frozenset[str], equipment: frozenset[str]) -> frozenset[str]:
    """Who offers something of it has what the six haves call equipment."""
    return offered | {_EQUIPMENT} if offered & equipment else offered


def _is_there(status: str | None, *, with_planned: bool) -> bool | None:
    if status is None:
        return None
    return status == "open" or (with_planned and status in _NOT_YET)


def _is_of(code: str | None, wanted: tuple[str, ...]) -> bool | None:
    if not wanted:
        return True
    return None if code is None else code in wanted


def _all_of(answers: Iterable[bool | None]) -> bool | None:
    known = set(answers)
    if False in known:
        return False
    return None if None in known else True
