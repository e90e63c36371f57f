from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.derived.grid_tree import Grid, GridTree
from planning.grids.counted import Counted
from planning.grids.roll_up import Sum, rolled_up
from planning.grids.small_groups import PLACE, Hidden, Part, small_groups
from tests.planning.grids.random_trees import below, counted_trees

if TYPE_CHECKING:
    from collections.abc import Mapping

K = 3


def atoms_of(tree: GridTree, sums: Mapping[str, Sum]) -> dict[Part, int]:
    """What all sums are made of: the lowest grids, and what is counted directly on those above."""
    lowest = {Part(one): sums[one].total for one in tree.grids if not tree.children[one]}
    return lowest | {
        Part(one, is_direct=True): sums[one].direct for one in tree.grids if tree.children[one] and sums[one].direct
    }


def holds(tree: GridTree, part: Part, atom: Part) -> bool:
    if part == PLACE:
        return True
    return part == atom or (
        not part.is_direct and part.grid_id is not None and atom.grid_id in below(tree, part.grid_id)
    )


def attacked(tree: GridTree, sums: Mapping[str, Sum], hidden: Hidden, k: int) -> dict[Part, set[int]]:
    """What each part may be, to somebody who reads all that is shown and tries every number for what is not.

    He knows that none is shown as none, but below what is small, of which nothing is shown.
    """
    atoms = atoms_of(tree, sums)
    unknown = [atom for atom in atoms if hidden.hides(atom)]
    whole = sum(atoms.values())
    guesses = np.stack([axis.ravel() for axis in np.indices((whole + 1,) * len(unknown), dtype=np.int16)], axis=1)
    told = {}
    fits = np.ones(len(guesses), dtype=bool)
    for part in [PLACE, *map(Part, tree.grids), *atoms]:
        inside = [at for at, atom in enumerate(unknown) if holds(tree, part, atom)]
        shown = sum(number for atom, number in atoms.items() if holds(tree, part, atom) and not hidden.hides(atom))
        told[part] = guesses[:, inside].sum(axis=1) + shown
        if not hidden.hides(part):
            fits &= told[part] == (whole if part == PLACE else _number(part, sums))
            continue
        least = hidden.bounds[part]
        is_some = part in hidden.small or not _may_be_below_small(tree, hidden, part)
        fits &= told[part] >= max(least or 0, 1 if is_some else 0)
        fits &= (told[part] < k) | (part not in hidden.small)
    return {part: set(numbers[fits].tolist()) for part, numbers in told.items()}


def _may_be_below_small(tree: GridTree, hidden: Hidden, part: Part) -> bool:
    above = list(tree.line_up(part.grid_id))[0 if part.is_direct else 1 :] if part.grid_id is not None else []
    return any(all(hidden.hides(Part(one)) for one in below(tree, grid_id)) for grid_id in above)


@given(counted_trees(most=3))
@settings(max_examples=200, deadline=None)
def test_no_small_group_can_be_found_from_what_is_shown(found: Counted) -> None:
    sums = rolled_up(found)
    hidden = small_groups(found.tree, sums, K)
    atoms = atoms_of(found.tree, sums)
    small = [part for part in {*map(Part, found.tree.grids), *atoms} if 0 < _number(part, sums) < K]
    assert all(hidden.hides(part) for part in small)
    unknown = sum(1 for atom in atoms if hidden.hides(atom))
    assume(not hidden.hides(PLACE) and 0 < unknown <= 5 and sum(atoms.values()) ** unknown < 500_000)
    possible = attacked(found.tree, sums, hidden, K)
    for part in small:
        assert _number(part, sums) in possible[part]
        assert len(possible[part]) > 1, part
        assert part not in hidden.small or possible[part] == {1, 2}


@given(counted_trees(most=9))
@settings(max_examples=300, deadline=None)
def test_what_is_hidden_together_is_no_small_group_either(found: Counted) -> None:
    sums = rolled_up(found)
    tree, hidden = found.tree, small_groups(found.tree, sums, K)
    atoms = atoms_of(tree, sums)
    for shown in [PLACE, *(Part(one) for one in tree.grids if not hidden.hides(Part(one)))]:
        if hidden.hides(shown):
            continue
        reached = [
            number for atom, number in atoms.items()
            if hidden.hides(atom) and holds(tree, shown, atom) and _way_is_hidden(tree, hidden, atom, shown)
        ]  # fmt: skip
        assert not reached or (len(reached) > 1 and sum(reached) >= K), shown


@given(counted_trees(most=9))
@settings(max_examples=300, deadline=None)
def test_a_bound_that_is_told_is_true(found: Counted) -> None:
    sums = rolled_up(found)
    for part, least in small_groups(found.tree, sums, K).bounds.items():
        assert least is None or K <= least <= _number(part, sums)


@given(st.lists(st.integers(5, 40), min_size=2, max_size=8))
def test_where_no_group_is_small_nothing_is_hidden(numbers: list[int]) -> None:
    assert small_groups(*flat(*numbers), 5).bounds == {}


def flat(*numbers: int) -> tuple[GridTree, dict[str, Sum]]:
    """A township and the grids below it."""
    tree = GridTree({"t": Grid("t"), **{f"g{i}": Grid(f"g{i}", parent_id="t") for i in range(len(numbers))}})
    sums = {f"g{i}": Sum(number, number, is_lower_bound=False) for i, number in enumerate(numbers)}
    return tree, sums | {"t": Sum(sum(numbers), 0, is_lower_bound=False)}


def test_one_small_group_takes_the_next_larger_with_it_and_that_shows_a_bound() -> None:
    hidden = small_groups(*flat(3, 20, 17), 5)
    assert hidden.bounds == {Part("g0"): None, Part("g2"): 16}
    assert hidden.small == {Part("g0")}


def test_several_small_groups_keep_each_other_and_are_not_called_small() -> None:
    hidden = small_groups(*flat(4, 4, 30), 5)
    assert hidden.bounds == {Part("g0"): None, Part("g1"): None}
    assert hidden.small == frozenset()  # else 8 less at most 4 would tell both


def test_single_persons_are_not_told_by_their_number() -> None:
    assert len(small_groups(*flat(1, 1, 1, 1, 1, 30), 5).bounds) == 6
    # Nothing is left to hide beside them, so the sum goes, and that of the place with it.
    assert small_groups(*flat(1, 1, 1, 1, 1), 5).hides(PLACE)


def test_nothing_is_shown_below_a_small_number() -> None:
    tree = GridTree({
        "c": Grid("c"), "t": Grid("t", parent_id="c"), "u": Grid("u", parent_id="c"),
        "a": Grid("a", parent_id="t"), "b": Grid("b", parent_id="t"),
    })  # fmt: skip
    numbers = {"c": 44, "t": 4, "u": 40, "a": 4, "b": 0}
    hidden = small_groups(tree, {one: Sum(number, 0, is_lower_bound=False) for one, number in numbers.items()}, 5)
    assert hidden.bounds == {Part("t"): None, Part("a"): None, Part("b"): None, Part("u"): 40}
    assert hidden.small == {Part("t")}


def test_none_is_shown_as_none() -> None:
    assert small_groups(*flat(0, 0, 12), 5).bounds == {}
    assert not small_groups(*flat(0, 2, 12), 5).hides(Part("g0"))


def _number(part: Part, sums: Mapping[str, Sum]) -> int:
    if part.grid_id is None:
        return 0
    return sums[part.grid_id].direct if part.is_direct else sums[part.grid_id].total


def _way_is_hidden(tree: GridTree, hidden: Hidden, atom: Part, top: Part) -> bool:
    assert atom.grid_id is not None
    between = [one for one in tree.line_up(atom.grid_id) if atom.is_direct or one != atom.grid_id]
    if top.grid_id is not None:
        between = between[: between.index(top.grid_id)]
    return all(hidden.hides(Part(one)) for one in between)
