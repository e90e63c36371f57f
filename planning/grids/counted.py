"""Drivers counted on the grids, each once: a grid's own number, else the ledger's; those above add what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from etl.derived.grid_tree import Grid, GridTree, driver_pots
from planning.features import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.derived.grid_tree import Pot


@dataclass(frozen=True)
class Counted:
    """What is counted of one number, in pots: each is known for some lowest grids together."""

    tree: GridTree
    pots: tuple[Pot, ...]
    doubtful: frozenset[str]  # lowest grids whose number may be more than what is counted

    @property
    def by_grid(self) -> Mapping[str, int]:
        """What each grid adds to the whole."""
        return {pot.grid_id: pot.amount for pot in self.pots}

    @property
    def unknown(self) -> frozenset[str]:
        """Lowest grids for which no number speaks."""
        return self.tree.leaves - {grid_id for pot in self.pots for grid_id in pot.grid_ids}

    @property
    def is_partly_unknown(self) -> bool:
        return bool(self.doubtful or self.unknown)


def counted_on_grids(rows: Sequence[Mapping[str, Any]], what: str) -> Counted:
    """`drivers` or `party_drivers` by the rule of the cells, from rows as `kpi_drivers_by_grid` answers them."""
    tree = GridTree(
        {
            row[KEY]: Grid(row[KEY], row["name"], row["level"], row["parent_id"], drivers=row[what])
            for row in rows
            if row["is_grid"]
        }
    )
    listed = {row[KEY]: row for row in rows if row["is_grid"] and row["ledger_drivers"]}
    pots, _ = driver_pots(tree, {grid_id: row[f"ledger_{what}"] for grid_id, row in listed.items()})
    by_ledger = {pot.grid_id for pot in pots if tree.grids[pot.grid_id].drivers is None}
    doubtful = {grid_id for grid_id in by_ledger if listed[grid_id]["ledger_unknown"]}
    return Counted(tree, tuple(pots), frozenset(doubtful if what == "party_drivers" else ()))
