"""Where things join the road network: by which lanes, and how far beside the road they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from planning.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    import pyarrow as pa

    from planning.atlas import Atlas

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

_NOUNS_HELD = 12


@dataclass(frozen=True)
class Access:
    """The lanes of some things, by thing: a road that may be driven both ways is two lanes, and a thing may have none.

    `position` is the share of the edge that lies behind a truck where it stands at the thing.
    """

    things: int
    thing: Places
    edge: Places
    position: Numbers
    off_road_km: Numbers

    def of(self, chosen: Places) -> Access:
        """The lanes of some things, numbered anew in the order of `chosen`."""
        place = np.full(self.things, -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        rows = np.flatnonzero(place[self.thing] >= 0)
        rows = rows[np.argsort(place[self.thing[rows]], kind="stable")]
        return Access(
            len(chosen), place[self.thing[rows]], self.edge[rows], self.position[rows], self.off_road_km[rows]
        )


@dataclass(frozen=True)
class NamedAccess:
    """The access of the things of a noun, by their ids."""

    thing_ids: tuple[str, ...]
    access: Access


_of_noun: SnapshotCache[NamedAccess] = SnapshotCache(_NOUNS_HELD)
_of_cells: SnapshotCache[Access] = SnapshotCache(2)


def access_of(atlas: Atlas, noun: str) -> NamedAccess:
    """Of stations, resources, repair shops or places, in the order of their ids."""
    return _of_noun.get(atlas.path, noun, lambda: _named(atlas.query("access_of_things", noun=noun)))


def access_of_cells(atlas: Atlas) -> Access:
    """Of all cells, in the order of their numbers."""
    return _of_cells.get(atlas.path, "cells", lambda: _read_cells(atlas))


def on_edges(edges: Places, position: float = 0.5) -> Access:
    """Trucks on their way, one on each of these edges."""
    count = len(edges)
    return Access(count, np.arange(count), edges, np.full(count, position), np.zeros(count))


def _read_cells(atlas: Atlas) -> Access:
    rows = atlas.query("access_of_cells")
    return _lanes(rows, np.arange(len(rows)), len(rows))


def _named(rows: pa.Table) -> NamedAccess:
    ids = rows.column("thing_id").to_pylist()
    names = tuple(dict.fromkeys(ids))
    place = {name: number for number, name in enumerate(names)}
    return NamedAccess(names, _lanes(rows, np.array([place[one] for one in ids], dtype=np.int64), len(names)))


def _lanes(rows: pa.Table, thing: Places, things: int) -> Access:
    along, against = (rows.column(name).to_numpy().astype(np.int64) for name in ("edge_id", "opposite_edge_id"))
    fraction, off_road_km = (rows.column(name).to_numpy().astype(np.float64) for name in ("fraction", "off_road_km"))
    edge = np.concatenate((along, against))
    position = np.concatenate((fraction, 1 - fraction))
    both = np.concatenate((thing, thing))
    order = np.argsort(both, kind="stable")
    order = order[edge[order] >= 0]
    return Access(things, both[order], edge[order], position[order], np.concatenate((off_road_km, off_road_km))[order])
