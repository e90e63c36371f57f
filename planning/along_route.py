"""沿线资源梳理: the resources near busy roads, ranked by what a station there would do for drivers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from planning.access import access_of, on_edges
from planning.cell_table import cell_table
from planning.column_labels import column_labels
from planning.corridors.corridor import corridors
from planning.corridors.rest_points import ON_THE_LINE_KM
from planning.feature_columns import Column, column_of
from planning.features import KEY, SHAPE, Features
from planning.need import Need, fit, stations
from planning.network import Travel, network_of
from planning.reach_sets import reach_sets
from planning.standards import standard, standard_list
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.access import Access
    from planning.atlas import Atlas
    from planning.corridors.corridor import Numbers, Places

ROADSIDE_KM = 5.0  # stops at the roadside so near would be made at a station instead
_FIVE = "five_free_services"


@dataclass(frozen=True)
class Prospect:
    """A resource that could become a station, and what speaks for it; None is unknown."""

    resource_id: str
    name: str
    kind: str
    corridor: str  # the busiest that passes
    minutes: float  # from it
    trucks_per_day: float
    is_flow_lower_bound: bool
    roadside_stops_per_day: float | None  # within some km; None where too few trucks make them
    missing: tuple[str, ...] | None  # of the five free services
    station_km: float | None  # to the nearest open station, as a truck drives; None where no way leads to any
    bays: int | None
    township: str | None
    lon: float
    lat: float

    @property
    def truck_km_per_day(self) -> float:
        """Truck-km a day that are driven past it before the next station comes: what the list is ordered by."""
        return self.trucks_per_day * (self.station_km or 0.0)


def prospects(atlas: Atlas) -> tuple[Prospect, ...]:
    """All resources within the minutes of the standard from a busy road, the most telling first."""
    busy = _busy_edges(atlas)
    if not len(busy.edge):
        return ()
    standards = standards_of(atlas.place_folder)
    named = access_of(atlas, "resources")
    within = standard("along_route_min", standards).value
    costs = reach_sets(network_of(atlas, Travel(), standards), named.access, on_edges(busy.edge, 1.0), within).tocsr()
    rows = {row["thing_id"]: row for row in atlas.query("resources_along").to_pylist()}
    station_km = _station_km(atlas)
    stops = _stops_near(atlas, rows)
    five = standard_list(_FIVE, standards).codes
    beside = _beside(named.access, busy)
    found = []
    for number, resource_id in enumerate(named.thing_ids):
        reached = slice(costs.indptr[number], costs.indptr[number + 1])
        edges = np.concatenate((costs.indices[reached], beside[number]))
        minutes = np.concatenate((costs.data[reached], np.zeros(len(beside[number]))))
        if not len(edges):
            continue
        best = max(range(len(edges)), key=lambda one: (busy.trucks[edges[one]], -minutes[one]))
        row = rows[resource_id]
        found.append(
            Prospect(
                resource_id=resource_id,
                name=row["name"],
                kind=row["kind"],
                corridor=busy.labels[edges[best]],
                minutes=float(minutes[best]),
                trucks_per_day=float(busy.trucks[edges[best]]),
                is_flow_lower_bound=bool(busy.is_measured[edges[best]]),
                roadside_stops_per_day=stops.get(resource_id),
                missing=_missing(row["facilities"], five),
                station_km=station_km.get(resource_id),
                bays=row["bays"],
                township=row["township"],
                lon=row["lon"],
                lat=row["lat"],
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.truck_km_per_day, -one.trucks_per_day, one.resource_id)))


def prospect_features(atlas: Atlas) -> Features:
    """The list as rows to read and to take away."""
    listed = prospects(atlas)
    labels = column_labels(atlas)
    columns = (
        Column("rank", say("Rank")),
        *(column_of("resources", name, labels) for name in ("name", "kind")),
        Column("corridor", say("Corridor")),
        Column("minutes", say("from the corridor"), say("min")),
        Column("trucks_per_day", say("Trucks a day"), say("trucks a day")),
        Column("station_km", say("to the nearest open station"), "km"),
        Column("truck_km_per_day", say("Driven past before the next station"), say("truck-km a day")),
        Column("roadside_stops_per_day", say("Roadside stops within {km} km", km=f"{ROADSIDE_KM:g}"), say("a day")),
        Column("missing", say("Missing of the five free services"), codes="facility"),
        *(column_of("resources", name, labels) for name in ("bays", "township")),
    )
    rows = [
        {"rank": rank, **vars(one), "truck_km_per_day": one.truck_km_per_day}
        for rank, one in enumerate(listed, start=1)
    ]
    table: dict[str, Any] = {
        KEY: pa.array([one.resource_id for one in listed], pa.string()),
        **{column.name: pa.array([row[column.name] for row in rows], _TYPES.get(column.name, pa.string()))
           for column in columns},
        SHAPE: pa.array([shapely.Point(one.lon, one.lat).wkb for one in listed], pa.binary()),
    }  # fmt: skip
    return Features("resources", say("Resources along busy roads"), columns, pa.table(table))


_TYPES = {
    "rank": pa.int64(), "minutes": pa.float64(), "trucks_per_day": pa.float64(), "station_km": pa.float64(),
    "truck_km_per_day": pa.float64(), "roadside_stops_per_day": pa.float64(), "missing": pa.list_(pa.string()),
    "bays": pa.int32(),
}  # fmt: skip


@dataclass(frozen=True)
class _Busy:
    edge: Places
    trucks: Numbers
    is_measured: Any
    labels: list[str]


def _busy_edges(atlas: Atlas) -> _Busy:
    """Edges of corridors that more trucks take than the standard says; where none does, the busiest fifth."""
    least = standard("driver_home_priority_trucks_per_day", standards_of(atlas.place_folder)).value
    lines = corridors(atlas)
    edge = np.concatenate([one.edge for one in lines]) if lines else np.zeros(0, dtype=np.int64)
    trucks = np.concatenate([one.trucks_per_day for one in lines]) if lines else np.zeros(0)
    measured = np.concatenate([np.isnan(one.counted_per_day) for one in lines]) if lines else np.zeros(0, dtype=bool)
    labels = [one.label for one in lines for _ in one.edge]
    known = ~np.isnan(trucks)
    if known.any() and not (trucks[known] > least).any():
        least = float(np.quantile(trucks[known], 0.8))
    chosen = np.flatnonzero(known & (trucks > least))
    return _Busy(edge[chosen], trucks[chosen], measured[chosen], [labels[one] for one in chosen])


def _beside(access: Access, busy: _Busy) -> list[Places]:
    """The busy edges on which each thing itself lies, by their place among the busy ones."""
    place = {int(edge): number for number, edge in enumerate(busy.edge)}
    found: list[list[int]] = [[] for _ in range(access.things)]
    near = access.off_road_km <= ON_THE_LINE_KM
    for thing, edge in zip(access.thing[near].tolist(), access.edge[near].tolist(), strict=True):
        if edge in place:
            found[thing].append(place[edge])
    return [np.array(one, dtype=np.int64) for one in found]


def _missing(facilities: list[str] | None, five: tuple[str, ...]) -> tuple[str, ...] | None:
    return None if facilities is None else tuple(one for one in five if one not in facilities)


def _station_km(atlas: Atlas) -> dict[str, float]:
    known = access_of(atlas, "stations")
    is_open = {one.station_id for one in stations(atlas) if fit(one, Need()) == "yes"}
    some = np.array([place for place, name in enumerate(known.thing_ids) if name in is_open], dtype=np.int64)
    named = access_of(atlas, "resources")
    network = network_of(atlas, Travel(measure="km"), standards_of(atlas.place_folder))
    cost = network.nearest(known.access.of(some), named.access).cost
    return {name: float(km) for name, km in zip(named.thing_ids, cost, strict=True) if np.isfinite(km)}


def _stops_near(atlas: Atlas, rows: dict[str, Any]) -> dict[str, float]:
    """Roadside stops a day around each resource, where enough different trucks make them."""
    stops = atlas.query("roadside_stops")
    (facts,) = atlas.query("tracked_days").to_pylist()
    least = standard("k_anonymity", standards_of(atlas.place_folder)).value
    projection = cell_table(atlas).lattice.projection
    points: Any = shapely.points(*projection.forward(stops.column("lon").to_numpy(), stops.column("lat").to_numpy()))
    vehicles = stops.column("vehicle").to_pylist()
    lon, lat = (np.array([row[axis] for row in rows.values()], dtype=np.float64) for axis in ("lon", "lat"))
    spots: Any = shapely.points(*projection.forward(lon, lat))
    spot, stop = shapely.STRtree(points).query(spots, predicate="dwithin", distance=ROADSIDE_KM * 1000)
    count = Counter(spot.tolist())
    different: dict[int, set[str]] = {}
    for one, other in zip(spot.tolist(), stop.tolist(), strict=True):
        different.setdefault(one, set()).add(vehicles[other])
    return {
        name: count[number] / facts["days"]
        for number, name in enumerate(rows)
        if count[number] and len(different[number]) >= least
    }
