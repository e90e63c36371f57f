from __future__ import annotations

from etl.derived.grid_tree import Grid, GridTree, Pot, driver_pots


def tree(*grids: Grid) -> GridTree:
    return GridTree({grid.grid_id: grid for grid in grids})


def test_what_a_level_leaves_over_goes_level_by_level() -> None:
    county = tree(
        Grid("county", drivers=100),
        Grid("north", parent_id="county", drivers=60),
        Grid("south", parent_id="county"),
        Grid("n1", parent_id="north", drivers=25),
        Grid("n2", parent_id="north"),
        Grid("s1", parent_id="south", drivers=10),
        Grid("s2", parent_id="south"),
    )
    pots, mismatches = driver_pots(county, {})
    assert set(pots) == {
        Pot("n1", 25, ("n1",)),
        Pot("s1", 10, ("s1",)),
        Pot("north", 35, ("n2",)),
        Pot("county", 30, ("s2",)),
    }
    assert mismatches == []


def test_the_ledger_does_not_overrule_a_number() -> None:
    pots, _ = driver_pots(tree(Grid("a", drivers=5), Grid("b")), {"a": 9, "b": 2, "unheard of": 4})
    assert set(pots) == {Pot("a", 5, ("a",)), Pot("b", 2, ("b",))}


def test_a_cycle_is_seen_and_cut() -> None:
    circle = tree(
        Grid("a", parent_id="c", drivers=1),
        Grid("b", parent_id="a"),
        Grid("c", parent_id="b", drivers=3),
        Grid("leaf", parent_id="c"),
        Grid("self", parent_id="self"),
        Grid("below", parent_id="leaf"),
    )
    assert circle.in_cycle == {"a", "b", "c", "self"}
    assert circle.parent("a") is None
    assert circle.leaves == {"below"}
    assert driver_pots(circle, {}) == ([Pot("c", 3, ("below",))], [])


def test_a_long_chain_is_no_trouble() -> None:
    chain = tree(*(Grid(str(one), parent_id=str(one + 1), drivers=None) for one in range(20_000)))
    assert chain.in_cycle == frozenset()
    assert len(chain.townships) == 20_000
    assert driver_pots(chain, {}) == ([], [])


def test_the_township_of_a_grid() -> None:
    county = tree(
        Grid("county", level=1),
        Grid("town", level=3, parent_id="county"),
        Grid("grid", level=4, parent_id="town"),
        Grid("house", parent_id="grid"),
    )
    assert county.townships == {"county": None, "town": "town", "grid": "town", "house": "town"}
