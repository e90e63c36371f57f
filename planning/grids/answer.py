"""The whole answer: the tree of the grids with its sums, the faults of its land, the health of its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from planning.grids.grid_row import Count, GridRow
    from planning.grids.land import Fault
    from planning.grids.ledger import Conflict


@dataclass(frozen=True)
class Grids:
    """`rows` come as the tree is read: each grid, then all below it."""

    build_id: str
    as_of: dt.date
    rows: tuple[GridRow, ...]
    faults: tuple[Fault, ...]
    conflicts: tuple[Conflict, ...]
    drivers: Count  # on all grids together
    party_drivers: Count
    stations_outside: int
    requests_outside: int
    requests_nowhere: int

    def row(self, grid_id: str) -> GridRow | None:
        return next((row for row in self.rows if row.grid_id == grid_id), None)

    def below(self, grid_id: str | None) -> tuple[GridRow, ...]:
        """The next grids below one; of none, those at the top."""
        return tuple(row for row in self.rows if (row.answers[-2].grid_id if row.depth else None) == grid_id)

    @property
    def without_post(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if not row.post)

    @property
    def holes(self) -> tuple[Fault, ...]:
        return tuple(self._wide("hole"))

    @property
    def overlaps(self) -> tuple[Fault, ...]:
        return tuple(self._wide("overlap"))

    @property
    def beyond(self) -> tuple[Fault, ...]:
        """Parts of grids that lie outside the grid above."""
        return tuple(self._wide("outside_parent"))

    @property
    def slivers(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.is_sliver)

    @property
    def ownerless_km2(self) -> float:
        return sum(hole.area_km2 for hole in self.holes)

    def _wide(self, kind: str) -> Iterator[Fault]:
        return (fault for fault in self.faults if fault.kind == kind and not fault.is_sliver)

    def to_json_dict(self) -> dict[str, Any]:
        """For programs: None is unknown or hidden, and the flag beside it says which."""
        return {
            "grids": [row.to_json_dict() for row in self.rows],
            "holes": [fault.to_json_dict() for fault in self.holes],
            "overlaps": [fault.to_json_dict() for fault in self.overlaps],
            "outside_parent": [fault.to_json_dict() for fault in self.beyond],
            "slivers": [fault.to_json_dict() for fault in self.slivers],
            "without_post": [row.grid_id for row in self.without_post],
            "conflicts": [conflict.to_json_dict() for conflict in self.conflicts],
            "ownerless_km2": round(self.ownerless_km2, 6),
            "drivers": self.drivers.value,
            "is_drivers_lower_bound": self.drivers.is_lower_bound,
            "party_drivers": self.party_drivers.value,
            "is_party_drivers_lower_bound": self.party_drivers.is_lower_bound,
            "stations_outside": self.stations_outside,
            "requests_outside": self.requests_outside,
            "requests_nowhere": self.requests_nowhere,
            "as_of": self.as_of.isoformat(),
            "build": self.build_id,
        }
