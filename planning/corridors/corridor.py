"""A corridor 货运通道: all edges of one road number in one direction, end to end, as one line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from planning.road_graph import edge_minutes, road_graph
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of
from wording import Refusal, say

if TYPE_CHECKING:
    import pyarrow as pa

    from planning.atlas import Atlas
    from planning.road_graph import Profile

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Direction: TypeAlias = Literal["up", "down"]

LEAST_KM = 5.0  # a shorter road is no corridor
_EXPRESSWAY = ("expressway", "motorway")


@dataclass(frozen=True)
class Corridor:
    """The line, edge after edge as a truck drives it; `km` are stakes, or counted from one end where there are none.

    What lies between two edges without one is missing road: it has kilometres and no minutes.
    """

    ref: str
    direction: Direction
    is_by_stake: bool
    is_expressway: bool
    edge: Places
    from_km: Numbers
    to_km: Numbers
    minutes: Numbers  # of each edge; without end where the truck may not pass
    counted_per_day: Numbers  # by the office; not a number where nobody has counted
    measured_per_day: Numbers  # by tracks, of the trucks that send positions: a lower bound
    hazmat_per_day: Numbers

    @property
    def name(self) -> str:
        return f"{self.ref} {self.direction}"

    @property
    def label(self) -> str:
        return f"{self.ref} {direction_word(self.direction)}"

    @cached_property
    def km(self) -> Numbers:
        """The length of each edge along the line."""
        return np.abs(self.to_km - self.from_km)

    @property
    def length_km(self) -> float:
        return float(self.km.sum())

    @cached_property
    def begin_min(self) -> Numbers:
        """Minutes driven from the beginning of the corridor to the beginning of each edge."""
        drivable = np.where(np.isfinite(self.minutes), self.minutes, 0.0)
        return np.concatenate(([0.0], np.cumsum(drivable)))[:-1]

    @property
    def whole_min(self) -> float:
        return float(self.minutes[np.isfinite(self.minutes)].sum())

    @cached_property
    def trucks_per_day(self) -> Numbers:
        """As counted, else as measured; not a number where neither is known."""
        return np.where(np.isnan(self.counted_per_day), self.measured_per_day, self.counted_per_day)

    @property
    def is_flow_partly_unknown(self) -> bool:
        """Some of the road has no count by the office."""
        return bool(np.isnan(self.counted_per_day).any())

    @property
    def most_trucks_per_day(self) -> float | None:
        known = self.trucks_per_day[~np.isnan(self.trucks_per_day)]
        return float(known.max()) if len(known) else None

    def min_at(self, km: float) -> float:
        """Minutes driven from the beginning to a kilometre of the line."""
        ahead = self._ahead(np.array([km]))[0]
        place = int(np.clip(np.searchsorted(self._ahead(self.from_km), ahead, side="right") - 1, 0, len(self.edge) - 1))
        share = np.clip((ahead - self._ahead(self.from_km)[place]) / max(self.km[place], 1e-9), 0.0, 1.0)
        minutes = self.minutes[place] if np.isfinite(self.minutes[place]) else 0.0
        return float(self.begin_min[place] + share * minutes)

    def km_at(self, minutes: float) -> float:
        """The kilometre that is reached after so many minutes from the beginning."""
        place = int(np.clip(np.searchsorted(self.begin_min, minutes, side="right") - 1, 0, len(self.edge) - 1))
        share = np.clip((minutes - self.begin_min[place]) / max(self.minutes[place], 1e-9), 0.0, 1.0)
        return float(self.from_km[place] + share * (self.to_km[place] - self.from_km[place]))

    def stake(self, km: float) -> str:
        """A kilometre as it is written by the road."""
        metres = round(km * 1000)
        return f"K{metres // 1000}+{metres % 1000:03d}" if self.is_by_stake else say("{km} km", km=f"{km:.1f}")

    def _ahead(self, km: Numbers) -> Numbers:
        """Kilometres that rise as one drives."""
        return km if self.direction == "up" else -km


_corridors: SnapshotCache[tuple[Corridor, ...]] = SnapshotCache(limit=8)


def corridors(atlas: Atlas, profile: Profile = "truck") -> tuple[Corridor, ...]:
    """All corridors of a place that are long enough, the longest first, both directions side by side."""
    standards = standards_of(atlas.place_folder)
    return _corridors.get(atlas.path, f"{profile} {standards.sign}", lambda: _read(atlas, profile))


def corridor(atlas: Atlas, ref: str, direction: str, profile: Profile = "truck") -> Corridor:
    """One of them by its road number and direction."""
    known = corridors(atlas, profile)
    for one in known:
        if (one.ref, one.direction) == (ref, direction):
            return one
    names = ", ".join(one.name for one in known)
    raise Refusal("There is no corridor “{name}”. There are: {names}.", name=f"{ref} {direction}", names=names)


def direction_word(direction: str) -> str:
    """上行 or 下行."""
    return say("up") if direction == "up" else say("down")


def _read(atlas: Atlas, profile: Profile) -> tuple[Corridor, ...]:
    rows = atlas.query("corridor_lines")
    minutes = edge_minutes(road_graph(atlas), profile, standards_of(atlas.place_folder))
    refs = rows.column("ref").to_pylist()
    directions = rows.column("direction").to_pylist()
    names = list(zip(refs, directions, strict=True))
    if not names:
        return ()
    starts = [place for place in range(len(names)) if place == 0 or names[place] != names[place - 1]]
    found = [
        _corridor(rows.slice(start, end - start), minutes)
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
    ]
    longest = {one.ref: max(other.length_km for other in found if other.ref == one.ref) for one in found}
    kept = [one for one in found if one.length_km >= LEAST_KM]
    return tuple(sorted(kept, key=lambda one: (-longest[one.ref], one.ref, one.direction != "up")))


def _corridor(rows: pa.Table, minutes: Numbers) -> Corridor:
    def numbers(name: str) -> Numbers:
        return np.asarray(rows.column(name).to_numpy(), dtype=np.float64)

    edge = rows.column("edge_id").to_numpy().astype(np.int64)
    expressway_km = numbers("length_km")[np.isin(rows.column("class").to_pylist(), _EXPRESSWAY)].sum()
    return Corridor(
        ref=rows.column("ref")[0].as_py(),
        direction=rows.column("direction")[0].as_py(),
        is_by_stake=rows.column("is_by_stake")[0].as_py(),
        is_expressway=bool(expressway_km > numbers("length_km").sum() / 2),
        edge=edge,
        from_km=numbers("from_km"),
        to_km=numbers("to_km"),
        minutes=minutes[edge],
        counted_per_day=numbers("counted_per_day"),
        measured_per_day=numbers("measured_per_day"),
        hazmat_per_day=numbers("hazmat_per_day"),
    )
