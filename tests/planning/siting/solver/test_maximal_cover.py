from __future__ import annotations

from itertools import combinations
from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from planning.siting.solver.cover_problem import CoverProblem, covered_weight
from planning.siting.solver.effort import Effort, Progress
from planning.siting.solver.limits import Limits, at_most_of_each, at_most_sites, one_of_each_pair, within_budget
from planning.siting.solver.maximal_cover import most_covered
from wording import Refusal


def problem(covers: list[list[int]], weight: list[float], limits: Limits, **hands: list[int]) -> CoverProblem:
    matrix = np.zeros((len(covers), len(weight)))
    for site, demand in enumerate(covers):
        matrix[site, demand] = 1
    named = {name: np.array(sites, dtype=np.int64) for name, sites in hands.items()}
    return CoverProblem(csr_array(matrix), np.array(weight, dtype=np.float64), limits, **named)


def by_trying_all(asked: CoverProblem) -> float:
    """The best that any allowed choice of sites covers, counted with plain sets."""
    best = -1.0
    sets = [set(asked.covers[[site]].nonzero()[1].tolist()) for site in range(asked.sites)]
    use, at_most = asked.limits.use.toarray(), asked.limits.at_most
    for size in range(asked.sites + 1):
        for chosen in combinations(range(asked.sites), size):
            if not set(asked.required) <= set(chosen) or set(asked.forbidden) & set(chosen):
                continue
            if any(sum(row[site] for site in chosen) > most + 1e-9 for row, most in zip(use, at_most, strict=True)):
                continue
            covered = set().union(*(sets[site] for site in chosen))
            best = max(best, sum(asked.weight[one] for one in covered))
    return best


@st.composite
def small_problems(draw: st.DrawFn) -> CoverProblem:
    """Up to eight sites and fifteen demands, under any mix of limits and wishes."""
    sites, demand = draw(st.integers(1, 8)), draw(st.integers(1, 15))
    covers = np.array(draw(st.lists(st.lists(st.booleans(), min_size=demand, max_size=demand),
                                    min_size=sites, max_size=sites)), dtype=np.float64)  # fmt: skip
    whole = draw(st.booleans())
    numbers = st.integers(0, 20) if whole else st.floats(0, 20, allow_subnormal=False).map(lambda one: round(one, 3))
    weight = np.array(draw(st.lists(numbers, min_size=demand, max_size=demand)), dtype=np.float64)
    limits = at_most_sites(draw(st.integers(0, sites)), sites)
    if draw(st.booleans()):
        costs = np.array(draw(st.lists(st.integers(0, 9), min_size=sites, max_size=sites)), dtype=np.float64)
        limits = limits & within_budget(costs, draw(st.integers(0, 25)))
    if draw(st.booleans()):
        groups = draw(st.lists(st.sets(st.integers(0, sites - 1), min_size=1), max_size=3))
        limits = limits & at_most_of_each([sorted(group) for group in groups], 1, sites)
    if draw(st.booleans()) and sites > 1:
        pairs = draw(st.lists(st.tuples(st.integers(0, sites - 2), st.just(sites - 1)), max_size=4))
        limits = limits & one_of_each_pair(np.array(pairs, dtype=np.int64).reshape(-1, 2), sites)
    required = draw(st.sets(st.integers(0, sites - 1), max_size=2))
    forbidden = draw(st.sets(st.integers(0, sites - 1), max_size=2)) - required
    return CoverProblem(csr_array(covers), weight, limits, np.array(sorted(required), dtype=np.int64),
                        np.array(sorted(forbidden), dtype=np.int64))  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(small_problems())
def test_the_answer_is_the_best_of_all_choices(asked: CoverProblem) -> None:
    if not asked.limits.hold_for(asked.required):
        with pytest.raises(Refusal, match="break the limits"):
            most_covered(asked)
        return
    answer = most_covered(asked)
    assert answer.is_proven
    assert answer.covered == pytest.approx(by_trying_all(asked), rel=1e-8)


@settings(max_examples=100, deadline=None)
@given(small_problems(), st.floats(0, 0.002))
def test_the_claim_is_the_coverage_counted_anew_however_short_the_search(asked: CoverProblem, seconds: float) -> None:
    if not asked.limits.hold_for(asked.required):
        return
    answer = most_covered(asked, Effort(time_limit_s=seconds))
    covered = set().union(*(set(asked.covers[[site]].nonzero()[1].tolist()) for site in answer.chosen))
    assert answer.covered == pytest.approx(sum(asked.weight[one] for one in covered))
    assert answer.covered <= answer.bound + 1e-9
    assert by_trying_all(asked) <= answer.bound + 1e-6
    assert asked.limits.hold_for(answer.chosen)
    assert set(asked.required) <= set(answer.chosen)
    assert not set(asked.forbidden) & set(answer.chosen)


def scattered(demand: int, sites: int, number: int, radius: float, seed: int = 7) -> CoverProblem:
    dice = np.random.default_rng(seed)
    at, weight, site_at = dice.random((demand, 2)), dice.integers(1, 101, demand), dice.random((sites, 2))
    near = np.hypot(*(site_at[:, None, :] - at[None, :, :]).transpose(2, 0, 1)) <= radius
    return CoverProblem(csr_array(near.astype(np.float64)), weight.astype(np.float64), at_most_sites(number, sites))


def test_the_same_seed_gives_the_same_answer_and_progress_only_gets_better() -> None:
    asked = scattered(800, 60, 8, 0.15)
    told: list[Progress] = []
    first = most_covered(asked, Effort(seed=3, told=told.append))
    again = most_covered(asked, Effort(seed=3))
    assert first.chosen.tolist() == again.chosen.tolist()
    assert not first.was_cut
    best, bound = [one.best for one in told], [one.bound for one in told]
    assert best == sorted(best)
    assert bound == sorted(bound, reverse=True)
    assert best[-1] == bound[-1] == first.covered


def test_a_stop_ends_the_search_with_the_best_known() -> None:
    asked = scattered(3000, 200, 15, 0.1)
    stop = Event()

    def told(progress: Progress) -> None:
        if progress.best > 0:
            stop.set()

    answer = most_covered(asked, Effort(stop=stop, told=told))
    assert answer.was_cut
    assert not answer.is_proven
    assert 0 < answer.covered == covered_weight(asked, answer.chosen) <= answer.bound


def test_wishes_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(Refusal, match="both required and forbidden"):
        most_covered(problem([[0], [1]], [1, 1], at_most_sites(1, 2), required=[0], forbidden=[0]))


def test_of_two_sites_that_lie_too_near_only_one_is_opened() -> None:
    near = one_of_each_pair(np.array([[0, 1], [1, 2], [0, 2]]), 4)
    assert near.use.shape[0] == 1  # three pairs are one clique
    asked = problem([[0, 1], [2, 3], [4, 5], [6]], [5, 5, 4, 4, 3, 3, 1], at_most_sites(3, 4) & near)
    assert most_covered(asked).chosen.tolist() == [0, 3]
