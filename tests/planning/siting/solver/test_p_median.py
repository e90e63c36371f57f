from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from planning.siting.solver.effort import Effort
from planning.siting.solver.p_median import shortest_ways

QUICK = (1, 2, 3, 4, 5, 6, 7, 8, 11, 12)  # of OR-Library's forty; the bench does all


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 9), st.integers(1, 8), st.integers(1, 8), st.integers(0, 10_000), st.booleans())
def test_no_choice_is_shorter(demand: int, sites: int, number: int, seed: int, whole: bool) -> None:  # noqa: FBT001
    dice = np.random.default_rng(seed)
    ways = dice.integers(0, 30, (demand, sites)).astype(float) if whole else dice.random((demand, sites))
    number = min(number, sites)
    answer = shortest_ways(ways, number)
    least = min(ways[:, list(chosen)].min(axis=1).sum() for chosen in combinations(range(sites), number))
    assert answer.is_proven
    assert answer.cost == pytest.approx(least)
    assert answer.cost == pytest.approx(ways[:, answer.chosen].min(axis=1).sum())


def test_a_search_cut_short_still_tells_a_bound_below_what_it_found() -> None:
    ways = np.random.default_rng(2).integers(1, 100, (120, 80)).astype(float)
    answer = shortest_ways(ways, 12, Effort(time_limit_s=0.05))
    assert answer.was_cut
    assert answer.bound <= shortest_ways(ways, 12).cost <= answer.cost


def or_library(folder: Path, case: int) -> tuple[np.ndarray, int, int]:
    """The distances of a case, its number of sites, and the published optimum."""
    lines = (folder / f"siting/orlib_pmed/pmed{case}.txt").read_text("utf-8").splitlines()
    rows = [[int(word) for word in line.split()] for line in lines if line.strip()]
    nodes, _, number = rows[0]
    edges = np.zeros((nodes, nodes))
    for one, other, length in rows[1:]:  # a later line replaces an earlier one, as the library's notes say
        edges[one - 1, other - 1] = edges[other - 1, one - 1] = length
    optima = dict(
        line.split()
        for line in (folder / "siting/orlib_pmed/pmedopt.txt").read_text("utf-8").splitlines()[1:]
        if line.strip()
    )
    return shortest_path(edges, directed=False), number, int(optima[f"pmed{case}"])


@pytest.mark.slow
@pytest.mark.parametrize("case", QUICK)
def test_or_librarys_optimum_is_met_and_proven(public_data: Path, case: int) -> None:
    ways, number, optimum = or_library(public_data, case)
    answer = shortest_ways(ways, number, Effort(time_limit_s=300))
    assert answer.is_proven
    assert answer.cost == optimum
