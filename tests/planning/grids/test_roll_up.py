from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from etl.derived.grid_tree import Grid, GridTree, driver_pots
from planning.grids.counted import Counted
from planning.grids.roll_up import Sum, depths, rolled_up, summed, top_down
from tests.planning.grids.random_trees import below, counted_trees, every_truth

if TYPE_CHECKING:
    from collections.abc import Mapping


def counted(*grids: Grid, ledger: Mapping[str, int] | None = None) -> Counted:
    tree = GridTree({grid.grid_id: grid for grid in grids})
    return Counted(tree, tuple(driver_pots(tree, ledger or {})[0]), frozenset())


@given(counted_trees(most=3))
@settings(max_examples=300, deadline=None)
def test_a_sum_is_the_least_that_any_truth_allows_and_a_bound_where_more_is_possible(found: Counted) -> None:
    sums = rolled_up(found)
    truths = list(every_truth(found))
    for grid_id in found.tree.grids:
        inside = below(found.tree, grid_id)
        possible = {sum(number for one, number in truth.items() if one in inside) for truth in truths}
        is_open = bool(inside & (found.unknown | found.doubtful))
        assert sums[grid_id].total == min(possible), grid_id
        assert sums[grid_id].is_lower_bound == (is_open or len(possible) > 1), grid_id


@given(counted_trees())
@settings(max_examples=300, deadline=None)
def test_nothing_is_counted_twice_and_nothing_is_lost(found: Counted) -> None:
    sums, tree = rolled_up(found), found.tree
    assert sum(sums[one].total for one in tree.grids if tree.parent(one) is None) == sum(found.by_grid.values())
    for grid_id, children in tree.children.items():
        assert sums[grid_id].total == sums[grid_id].direct + sum(sums[child].total for child in children)


def test_what_is_known_for_two_grids_together_counts_on_the_grid_above_both() -> None:
    sums = rolled_up(
        counted(
            Grid("county", drivers=100), Grid("north", parent_id="county", drivers=60), Grid("south", parent_id="county"),
            Grid("n1", parent_id="north", drivers=25), Grid("n2", parent_id="north"), Grid("n3", parent_id="north"),
            Grid("s1", parent_id="south", drivers=10), Grid("s2", parent_id="south"),
        )
    )  # fmt: skip
    assert sums == {
        "county": Sum(100, 0, is_lower_bound=False),
        "north": Sum(60, 35, is_lower_bound=False),
        "n1": Sum(25, 25, is_lower_bound=False),
        "n2": Sum(0, 0, is_lower_bound=True),
        "n3": Sum(0, 0, is_lower_bound=True),
        # What the county has left can be nowhere but in s2.
        "south": Sum(40, 0, is_lower_bound=False),
        "s1": Sum(10, 10, is_lower_bound=False),
        "s2": Sum(30, 30, is_lower_bound=False),
    }


def test_nothing_left_for_those_below_means_none_and_is_no_bound() -> None:
    sums = rolled_up(
        counted(
            Grid("t", drivers=5),
            Grid("a", parent_id="t", drivers=5),
            Grid("b", parent_id="t"),
            Grid("c", parent_id="t"),
        )
    )
    assert sums["b"] == sums["c"] == Sum(0, 0, is_lower_bound=False)


def test_the_ledger_speaks_for_a_grid_below_and_an_unknown_one_makes_a_bound() -> None:
    sums = rolled_up(
        counted(Grid("t"), Grid("a", parent_id="t"), Grid("b", parent_id="t"), ledger={"a": 3, "elsewhere": 9})
    )
    assert sums["t"] == Sum(3, 0, is_lower_bound=True)
    assert sums["a"] == Sum(3, 3, is_lower_bound=False)


def test_a_circle_ends_and_what_it_holds_is_a_bound() -> None:
    found = counted(Grid("a", parent_id="b", drivers=2), Grid("b", parent_id="a", drivers=4), Grid("c", drivers=1))
    assert set(top_down(found.tree)) == {"a", "b", "c"}
    assert rolled_up(found)["a"] == Sum(0, 0, is_lower_bound=True)
    assert rolled_up(found)["c"] == Sum(1, 1, is_lower_bound=False)


def test_a_long_chain_is_no_trouble() -> None:
    chain = GridTree({str(one): Grid(str(one), parent_id=str(one - 1) if one else None) for one in range(20_000)})
    assert depths(chain)["19999"] == 19_999
    assert summed(chain, {"19999": 7, "5": 1})["0"] == 8
