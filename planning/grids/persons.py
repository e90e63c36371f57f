"""Drivers and party members of each grid with all below it, small groups hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planning.features import KEY
from planning.grids.counted import counted_on_grids
from planning.grids.grid_row import Count
from planning.grids.roll_up import Sum, homes, rolled_up
from planning.grids.small_groups import PLACE, Hidden, Part, small_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.derived.grid_tree import GridTree


@dataclass(frozen=True)
class Persons:
    """One kind of persons on all grids: as counted, and what of it may be told."""

    tree: GridTree
    sums: Mapping[str, Sum]
    hidden: Hidden
    k: int
    written: Mapping[str, int | None]
    by_grid: Mapping[str, int]  # what each grid adds to the whole
    homes: Mapping[str, str]  # and on which grid that counts

    def on(self, grid_id: str) -> Count:
        """On a grid with all below it."""
        one, part = self.sums[grid_id], Part(grid_id)
        if self.hidden.hides(part):
            return self._hidden(part, is_lower_bound=one.is_lower_bound)
        if one.is_lower_bound and not one.total:
            return Count(None)
        return Count(one.total, one.is_lower_bound)

    def own(self, grid_id: str) -> Count:
        """What the grid's own row says; hidden wherever it would tell a sum that is."""
        written = self.written[grid_id]
        if written is None:
            return Count(None)
        if self.hidden.hides(Part(grid_id)) or 0 < written < self.k:
            return Count(None, is_hidden=True)
        return Count(written)

    def hides_what_is_added_by(self, grid_id: str) -> bool:
        """Whether what a grid adds is hidden where it counts."""
        home = self.homes.get(grid_id, grid_id)
        return self.hidden.hides(Part(home, is_direct=bool(self.tree.children[home])))

    @property
    def whole(self) -> Count:
        """On all grids together."""
        roots = [self.sums[grid_id] for grid_id in self.tree.grids if self.tree.parent(grid_id) is None]
        total, is_short = sum(one.total for one in roots), any(one.is_lower_bound for one in roots)
        if self.hidden.hides(PLACE):
            return self._hidden(PLACE, is_lower_bound=is_short)
        return Count(None) if not roots or (is_short and not total) else Count(total, is_short)

    def _hidden(self, part: Part, *, is_lower_bound: bool) -> Count:
        least = self.hidden.bounds[part]
        is_small = part in self.hidden.small and not is_lower_bound
        return Count(least, least is not None, is_hidden=True, below=self.k if is_small else None)


def persons_on_grids(rows: Sequence[Mapping[str, Any]], what: str, k: int) -> Persons:
    """`drivers` or `party_drivers`, from rows as `kpi_drivers_by_grid` answers them."""
    counted = counted_on_grids(rows, what)
    sums = rolled_up(counted)
    written = {row[KEY]: row[what] for row in rows if row["is_grid"]}
    return Persons(counted.tree, sums, small_groups(counted.tree, sums, k), k, written, counted.by_grid, homes(counted))
