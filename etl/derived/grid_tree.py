"""The tree of the grids, and which areas share a number that is known for them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOWNSHIP_LEVEL = 3


@dataclass(frozen=True)
class Grid:
    """What the tree needs of one row of grids."""

    grid_id: str
    name: str = ""
    level: int | None = None
    parent_id: str | None = None
    drivers: int | None = None
    people: int | None = None


@dataclass(frozen=True)
class Pot:
    """A number that a grid knows for some leaves together, to be spread over their cells."""

    grid_id: str
    amount: int
    grid_ids: tuple[str, ...]


@dataclass(frozen=True)
class Mismatch:
    """A grid that knows fewer than those below it know (difference above zero), or more."""

    grid_id: str
    difference: int


@dataclass(frozen=True)
class GridTree:
    """The grids by code. A parent that does not exist, or that is its own descendant, counts as none."""

    grids: Mapping[str, Grid]

    @cached_property
    def leaves(self) -> frozenset[str]:
        """Grids that no other names as parent."""
        return frozenset(self.grids) - {grid.parent_id for grid in self.grids.values()}

    @cached_property
    def in_cycle(self) -> frozenset[str]:
        """Grids that one comes back to by going up from them."""
        found: set[str] = set()
        seen: set[str] = set()
        for start in self.grids:
            path: dict[str, int] = {}
            here: str | None = start
            while here is not None and here in self.grids and here not in seen and here not in path:
                path[here] = len(path)
                here = self.grids[here].parent_id
            if here is not None and here in path:
                found.update(list(path)[path[here] :])
            seen.update(path)
        return frozenset(found)

    def parent(self, grid_id: str) -> str | None:
        parent_id = self.grids[grid_id].parent_id
        return None if parent_id not in self.grids or grid_id in self.in_cycle else parent_id

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {grid_id: [] for grid_id in self.grids}
        for grid_id in self.grids:
            parent_id = self.parent(grid_id)
            if parent_id is not None:
                found[parent_id].append(grid_id)
        return {grid_id: tuple(children) for grid_id, children in found.items()}

    def line_up(self, grid_id: str) -> Iterator[str]:
        """The grid, the one above it, and so on."""
        here: str | None = grid_id
        while here is not None:
            yield here
            here = self.parent(here)

    @cached_property
    def townships(self) -> Mapping[str, str | None]:
        """The township that each grid is or belongs to."""
        found: dict[str, str | None] = {}
        for grid_id in self.grids:
            path: list[str] = []
            township: str | None = None
            for here in self.line_up(grid_id):
                path.append(here)
                if here in found or self.grids[here].level == TOWNSHIP_LEVEL:
                    township = found.get(here, here)
                    break
            found.update(dict.fromkeys(path, township))
        return found


def people_pots(tree: GridTree) -> list[Pot]:
    """The people of each leaf that knows their number."""
    return [
        Pot(grid_id, grid.people, (grid_id,))
        for grid_id, grid in tree.grids.items()
        if grid_id in tree.leaves and grid.people is not None
    ]


def driver_pots(tree: GridTree, ledger: Mapping[str, int]) -> tuple[list[Pot], list[Mismatch]]:
    """The drivers of leaves that know them, and what grids above have left for the leaves that don't.

    `ledger` counts the rows of drivers by home grid; it speaks for a leaf without a number of its own.
    """
    known = {grid_id: grid.drivers for grid_id, grid in tree.grids.items() if grid.drivers is not None}
    known |= {leaf: ledger[leaf] for leaf in tree.leaves - known.keys() if leaf in ledger}
    pots = [
        Pot(grid_id, known[grid_id], (grid_id,))
        for grid_id in tree.grids
        if grid_id in known and grid_id in tree.leaves
    ]
    mismatches = []
    for grid_id in tree.grids:
        if grid_id not in known or not tree.children[grid_id]:
            continue
        below, unknown_leaves = _below(tree, grid_id, known)
        remainder = known[grid_id] - below
        if remainder < 0 or (remainder > 0 and not unknown_leaves):
            mismatches.append(Mismatch(grid_id, -remainder))
        elif unknown_leaves:
            pots.append(Pot(grid_id, remainder, tuple(unknown_leaves)))
    return pots, mismatches


def _below(tree: GridTree, grid_id: str, known: Mapping[str, int]) -> tuple[int, list[str]]:
    """The sum of the next known numbers below a grid, and the leaves that none of them speaks for."""
    total, unknown_leaves = 0, []
    ahead = list(tree.children[grid_id])
    while ahead:
        here = ahead.pop()
        if here in known:
            total += known[here]
        elif here in tree.leaves:
            unknown_leaves.append(here)
        else:
            ahead += tree.children[here]
    return total, sorted(unknown_leaves)
