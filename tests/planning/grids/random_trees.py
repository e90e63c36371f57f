"""Small trees of grids with numbers, for hypothesis."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from etl.derived.grid_tree import Grid, GridTree, driver_pots
from planning.grids.counted import Counted

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_GRIDS = 8


@st.composite
def counted_trees(draw: st.DrawFn, most: int = 4) -> Counted:
    """Grids whose parents come before them; each knows a number up to `most`, or none; ledgers speak for some."""
    size = draw(st.integers(1, MOST_GRIDS))
    grids, ledger = {}, {}
    for number in range(size):
        parent = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
        known = draw(st.one_of(st.none(), st.integers(0, most)))
        grids[f"g{number}"] = Grid(f"g{number}", drivers=known, parent_id=None if parent is None else f"g{parent}")
        if known is None and draw(st.booleans()):
            ledger[f"g{number}"] = draw(st.integers(1, most))
    tree = GridTree(grids)
    pots, _ = driver_pots(tree, ledger)
    doubtful = draw(st.sets(st.sampled_from(sorted(tree.leaves)), max_size=2))
    spoken = {grid_id for pot in pots for grid_id in pot.grid_ids if len(pot.grid_ids) == 1}
    return Counted(tree, tuple(pots), frozenset(doubtful & spoken))


def below(tree: GridTree, grid_id: str) -> set[str]:
    """A grid and all below it, found from the parents alone."""
    found = {grid_id}
    while more := {one for one in tree.grids if tree.grids[one].parent_id in found} - found:
        found |= more
    return found


def every_truth(counted: Counted) -> Iterator[dict[str, int]]:
    """Every way in which the lowest grids can share what is known of them together; unknown ones are left out."""
    ways = []
    for pot in counted.pots:
        shares = product(range(pot.amount + 1), repeat=len(pot.grid_ids))
        ways.append([dict(zip(pot.grid_ids, share, strict=True)) for share in shares if sum(share) == pot.amount])
    for way in product(*ways):
        yield {grid_id: number for part in way for grid_id, number in part.items()}
