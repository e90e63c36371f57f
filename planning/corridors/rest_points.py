"""Where along a corridor a driver can rest: on the line itself, or a few minutes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.access import Access, access_of, on_edges
from planning.corridors.corridor import corridors
from planning.need import Need, fit, stations
from planning.network import Travel, network_of
from planning.reach_sets import reach_sets
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scipy.sparse import csr_array

    from planning.atlas import Atlas
    from planning.corridors.corridor import Corridor
    from planning.need import Station
    from planning.road_graph import Profile

ON_THE_LINE_KM = 0.5  # service areas and stations so near to the road lie on it, and as a rule on both its sides


@dataclass(frozen=True)
class RestPoint:
    """A station or resource as a driver on the corridor meets it: leave the line at `km`, drive `detour_min` there."""

    noun: str
    thing_id: str
    name: str
    kind: str  # a station's tier, a resource's kind
    km: float
    at_min: float  # from the beginning of the corridor
    detour_min: float

    @property
    def is_on_the_line(self) -> bool:
        return self.detour_min == 0


def stations_along(
    atlas: Atlas, line: Corridor, need: Need | None = None, *, profile: Profile = "truck", may_fit: bool = False
) -> tuple[RestPoint, ...]:
    """The stations that fit, or that may fit too, in the order in which they are passed; None asks for any open one."""
    wanted = need or Need()
    answers = ("yes", "maybe") if may_fit else ("yes",)
    fitting = {one.station_id: one for one in stations(atlas) if fit(one, _towards(wanted, line, one)) in answers}
    found = _along(atlas, line, "stations", profile)
    points = [
        RestPoint("stations", thing_id, fitting[thing_id].name, fitting[thing_id].tier or "", km, line.min_at(km), away)
        for thing_id, (km, away) in found.items()
        if thing_id in fitting
    ]
    return _in_order(points)


def resources_along(atlas: Atlas, line: Corridor, kinds: tuple[str, ...] = ()) -> tuple[RestPoint, ...]:
    """The resources of some kinds, or of all, in the order in which they are passed."""
    rows = {row["thing_id"]: row for row in atlas.query("resources_along").to_pylist()}
    found = _along(atlas, line, "resources", "truck")
    points = [
        RestPoint("resources", thing_id, rows[thing_id]["name"], rows[thing_id]["kind"], km, line.min_at(km), away)
        for thing_id, (km, away) in found.items()
        if not kinds or rows[thing_id]["kind"] in kinds
    ]
    return _in_order(points)


def _towards(need: Need, line: Corridor, station: Station) -> Need:
    """A station that says whom it serves is asked for this direction; of the others both may use it."""
    if need.direction is not None or station.serves_direction is None:
        return need
    return Need(**{**vars(need), "direction": line.direction})


def _along(atlas: Atlas, line: Corridor, noun: str, profile: Profile) -> Mapping[str, tuple[float, float]]:
    """For each thing within reach the kilometre at which to leave the line, and the minutes from there."""
    named = access_of(atlas, noun)
    found = met_along(atlas, line, named.access, _costs_of(atlas, noun, profile))
    return {named.thing_ids[thing]: told for thing, told in found.items()}


def met_along(atlas: Atlas, line: Corridor, access: Access, costs: DetourCosts) -> dict[int, tuple[float, float]]:
    """The same for things by their number, of which nobody need know a name."""
    standards = standards_of(atlas.place_folder)
    within = standard("along_route_min", standards).value
    min_per_km = 60 / standard("off_road_km_per_h", standards).value
    found = _beside(line, costs)
    own = _kilometres(line)
    opposite = _kilometres_of_ref(atlas, line)
    for thing, edge, position, off_km in zip(
        access.thing.tolist(), access.edge.tolist(), access.position.tolist(), access.off_road_km.tolist(), strict=True
    ):
        is_near = off_km <= ON_THE_LINE_KM
        spans = own.get(edge) or (opposite.get(edge) if is_near else None)
        away = 0.0 if is_near else off_km * min_per_km
        if spans is not None and away <= within:
            found[thing] = (spans[0] + position * (spans[1] - spans[0]), away)
    return found


def _kilometres(line: Corridor) -> dict[int, tuple[float, float]]:
    return {
        int(edge): (float(from_km), float(to_km))
        for edge, from_km, to_km in zip(line.edge, line.from_km, line.to_km, strict=True)
    }


def _kilometres_of_ref(atlas: Atlas, line: Corridor) -> Mapping[int, tuple[float, float]]:
    """Where the edges of the other direction lie: kilometres are one and the same for both."""
    other = [one for one in corridors(atlas) if one.ref == line.ref and one.direction != line.direction]
    return {edge: spans for one in other for edge, spans in _kilometres(one).items()}


@dataclass(frozen=True)
class DetourCosts:
    """The minutes from the end of each corridor's edge to each thing of a noun, where they are few enough."""

    things: csr_array  # a row for each thing, a column for each edge
    column: Mapping[int, int]  # of each edge


_costs: SnapshotCache[DetourCosts] = SnapshotCache(limit=8)


def _costs_of(atlas: Atlas, noun: str, profile: Profile) -> DetourCosts:
    sign = standards_of(atlas.place_folder).sign
    return _costs.get(
        atlas.path, f"{noun} {profile} {sign}", lambda: detour_costs(atlas, access_of(atlas, noun).access, profile)
    )


def detour_costs(atlas: Atlas, access: Access, profile: Profile = "truck") -> DetourCosts:
    """One search for the corridors of a place together."""
    standards = standards_of(atlas.place_folder)
    edges = np.unique(np.concatenate([line.edge for line in corridors(atlas)]))
    network = network_of(atlas, Travel(profile), standards)
    within = standard("along_route_min", standards).value
    costs = reach_sets(network, access, on_edges(edges, 1.0), within)
    return DetourCosts(costs, {int(edge): column for column, edge in enumerate(edges)})


def _beside(line: Corridor, known: DetourCosts) -> dict[int, tuple[float, float]]:
    """Things that are reached from the end of an edge within so many minutes; the nearest end counts."""
    place = {known.column[int(edge)]: number for number, edge in enumerate(line.edge)}
    costs, found = known.things, {}
    for thing in range(costs.shape[0]):
        row = slice(costs.indptr[thing], costs.indptr[thing + 1])
        reached = [
            (cost, place[column])
            for cost, column in zip(costs.data[row].tolist(), costs.indices[row].tolist(), strict=True)
            if column in place
        ]
        if reached:
            cost, number = min(reached)
            found[thing] = (float(line.to_km[number]), float(cost))
    return found


def _in_order(points: list[RestPoint]) -> tuple[RestPoint, ...]:
    return tuple(sorted(points, key=lambda point: (point.at_min, point.thing_id)))
