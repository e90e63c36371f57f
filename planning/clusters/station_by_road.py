"""The open station nearest to a cluster by road, as a truck drives there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from planning.access import access_of
from planning.need import Need, fit, stations
from planning.network import NOTHING, network_of
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planning.access import Places
    from planning.atlas import Atlas
    from planning.clusters.cluster import Cluster
    from planning.need import Fit, Station
    from planning.network import Nearest

StationWay: TypeAlias = Literal["by_road", "no_road", "none_open"]


@dataclass(frozen=True)
class StationByRoad:
    """What half of the shops have no farther to: the station of the shop in the middle, in the order of minutes."""

    thing_id: str
    name: str
    tier: str | None
    minutes: float


def with_stations(atlas: Atlas, clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """The clusters with their stations. Without roads, or in a build that joined no shops to them, ways are unknown."""
    if not clusters:
        return ()
    shops = access_of(atlas, "repair_shops")
    network = network_of(atlas, standards=standards_of(atlas.place_folder))
    if not shops.thing_ids or not network.graph.nodes:
        return tuple(clusters)
    fits = {one: fit(one, Need()) for one in stations(atlas)}
    open_ones = {one.station_id: one for one, answer in fits.items() if answer == "yes"}
    known = access_of(atlas, "stations")
    chosen = np.array([at for at, name in enumerate(known.thing_ids) if name in open_ones], dtype=np.int64)
    nearest = network.nearest(known.access.of(chosen), shops.access)
    to = [open_ones[known.thing_ids[at]] for at in chosen]
    place, lack = {name: at for at, name in enumerate(shops.thing_ids)}, _lack(fits.values())
    return tuple(_with_station(one, place, nearest, to, lack) for one in clusters)


def _with_station(
    one: Cluster, place: Mapping[str, int], nearest: Nearest, to: Sequence[Station], lack: StationWay | None
) -> Cluster:
    middle = _middle(np.array([place[name] for name in one.shop_ids], dtype=np.int64), nearest)
    if nearest.which[middle] == NOTHING:
        return replace(one, station_way=lack)
    station = to[nearest.which[middle]]
    found = StationByRoad(station.station_id, station.name, station.tier, float(nearest.cost[middle]))
    return replace(one, station=found, station_way="by_road")


def _middle(shops: Places, nearest: Nearest) -> int:
    """The shop than which half of them, itself included, have no farther; those without a way come last."""
    return int(shops[np.argsort(nearest.cost[shops], kind="stable")[(len(shops) - 1) // 2]])


def _lack(fits: Iterable[Fit]) -> StationWay | None:
    """Why no station is found; unknown where one may be open, for all its ledger says, or where there is no ledger."""
    answers = set(fits)
    if not answers or "maybe" in answers:
        return None
    return "no_road" if "yes" in answers else "none_open"
