"""How far every cell and village is from the nearest station that fits a need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.access import access_of, access_of_cells, on_edges
from planning.need import Need, fit, stations
from planning.network import NOTHING, network_of
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.access import Access, Numbers, Places
    from planning.atlas import Atlas
    from planning.need import Station
    from planning.network import Nearest

_ANSWERS_HELD = 24


@dataclass(frozen=True)
class Reach:
    """Costs in minutes or km, as the need counts them; without end where no way leads to such a station.

    `cost` counts stations that are known to fit. `least_cost` also counts those that may, for all their ledger says:
    the truth lies between the two.
    """

    need: Need
    stations: tuple[Station, ...]  # that fit or may fit
    cost: Numbers  # of each cell
    station: Places  # its place in `stations`, or -1
    least_cost: Numbers
    place_ids: tuple[str, ...]
    place_cost: Numbers
    place_station: Places
    place_least_cost: Numbers
    edge_cost: Numbers  # from the middle of each edge, driven onwards
    edge_least_cost: Numbers


_reaches: SnapshotCache[Reach] = SnapshotCache(_ANSWERS_HELD)


def reach(atlas: Atlas, need: Need | None = None) -> Reach:
    """The answer for one need, worked out once for a snapshot and the place's standards."""
    wanted = need or Need()
    sign = standards_of(atlas.place_folder).sign
    return _reaches.get(atlas.path, f"{wanted} {sign}", lambda: _worked_out(atlas, wanted))


def _worked_out(atlas: Atlas, need: Need) -> Reach:
    network = network_of(atlas, need.travel, standards_of(atlas.place_folder))
    known = access_of(atlas, "stations")
    place = {station_id: number for number, station_id in enumerate(known.thing_ids)}
    judged = [(station, fit(station, need)) for station in stations(atlas) if station.station_id in place]
    some = tuple(station for station, one in judged if one != "no")
    certain = np.array([place[station.station_id] for station, one in judged if one == "yes"], dtype=np.int64)
    possible = np.array([place[station.station_id] for station in some], dtype=np.int64)
    villages = access_of(atlas, "places")
    drivers: tuple[Access, ...] = (access_of_cells(atlas), villages.access, on_edges(np.arange(len(network.cost))))
    sure = network.nearest_to_each(known.access.of(certain), drivers)
    least = sure if len(certain) == len(possible) else network.nearest_to_each(known.access.of(possible), drivers)
    among = np.searchsorted(possible, certain) if len(certain) else certain
    return Reach(
        need=need,
        stations=some,
        cost=sure[0].cost,
        station=_among(sure[0], among),
        least_cost=least[0].cost,
        place_ids=villages.thing_ids,
        place_cost=sure[1].cost,
        place_station=_among(sure[1], among),
        place_least_cost=least[1].cost,
        edge_cost=sure[2].cost,
        edge_least_cost=least[2].cost,
    )


def _among(nearest: Nearest, place: Places) -> Places:
    """Which station it is, among those that fit or may fit."""
    if not len(place):
        return nearest.which
    return np.where(nearest.which == NOTHING, NOTHING, place[nearest.which])
