"""Numbers rolled up the tree of the grids: each counted once, on the grid that holds all it was counted for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.derived.grid_tree import GridTree
    from planning.grids.counted import Counted

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class Sum:
    """A grid with all below it. `direct` is what is known for it alone, or for grids below it only together."""

    total: int
    direct: int
    is_lower_bound: bool


def top_down(tree: GridTree) -> list[str]:
    """All grids, each after the one above it."""
    order = [grid_id for grid_id in tree.grids if tree.parent(grid_id) is None]
    for grid_id in order:  # grows while it is read
        order += tree.children[grid_id]
    return order


def depths(tree: GridTree) -> dict[str, int]:
    """How many grids lie above each."""
    found: dict[str, int] = {}
    for grid_id in top_down(tree):
        parent = tree.parent(grid_id)
        found[grid_id] = 0 if parent is None else found[parent] + 1
    return found


def summed(tree: GridTree, own: Mapping[str, _Number]) -> dict[str, _Number]:
    """Each grid's own number and those of all below it."""
    totals: dict[str, _Number] = {grid_id: own.get(grid_id, 0) for grid_id in tree.grids}
    for grid_id in reversed(top_down(tree)):
        parent = tree.parent(grid_id)
        if parent is not None:
            totals[parent] += totals[grid_id]
    return totals


def rolled_up(counted: Counted) -> dict[str, Sum]:
    """Each grid's sum; a lower bound where a grid below is unknown, or shares a number with grids elsewhere."""
    tree, home = counted.tree, homes(counted)
    direct: dict[str, int] = {}
    # What lies in a circle is cut off from the grids below it, and its number is not counted.
    cut_off = {grid_id for grid_id, below in tree.children.items() if not below} - tree.leaves
    short = _up(tree, counted.unknown | counted.doubtful | cut_off)
    for pot in counted.pots:
        here = home[pot.grid_id]
        direct[here] = direct.get(here, 0) + pot.amount
        if pot.amount:
            short |= _up(tree, pot.grid_ids, until=here)
    totals = summed(tree, direct)
    return {grid_id: Sum(totals[grid_id], direct.get(grid_id, 0), grid_id in short) for grid_id in tree.grids}


def homes(counted: Counted) -> dict[str, str]:
    """Of each grid that adds a number the grid on which it counts: the lowest that holds all whom it was added for."""
    depth = depths(counted.tree)
    return {pot.grid_id: _meeting(counted.tree, depth, pot.grid_ids) for pot in counted.pots}


def _up(tree: GridTree, grid_ids: Iterable[str], until: str | None = None) -> set[str]:
    """These grids and those above them, but neither `until` nor what lies above it."""
    found: set[str] = set()
    for grid_id in grid_ids:
        for here in tree.line_up(grid_id):
            if here == until or here in found:
                break
            found.add(here)
    return found


def _meeting(tree: GridTree, depth: Mapping[str, int], grid_ids: Iterable[str]) -> str:
    """The lowest grid that holds all of these."""
    first, *others = grid_ids
    here = first
    for other in others:
        there = other
        while here != there:
            lower = here if depth[here] >= depth[there] else there
            above = tree.parent(lower)
            if above is None:
                raise ValueError(lower)  # a number is only ever shared by grids below one
            here, there = (above, there) if lower == here else (here, above)
    return here
