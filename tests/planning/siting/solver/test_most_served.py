"""Sites with room for so many, held against every choice and the largest flow that networkx finds for it."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from planning.siting.solver.cover_problem import CoverProblem
from planning.siting.solver.limits import at_most_sites, no_limits, within_budget
from planning.siting.solver.maximal_cover import most_covered
from planning.siting.solver.most_served import most_served, served
from planning.siting.solver.serving_problem import ServingProblem
from wording import Refusal


@st.composite
def small(draw: st.DrawFn) -> ServingProblem:
    dice = np.random.default_rng(draw(st.integers(0, 100_000)))
    sites, today, demand = draw(st.integers(1, 6)), draw(st.integers(0, 3)), draw(st.integers(1, 12))
    limits = no_limits(sites)
    if draw(st.booleans()):
        limits = at_most_sites(draw(st.integers(1, sites)), sites)
    if draw(st.booleans()):
        limits = limits & within_budget(dice.integers(1, 9, sites).astype(float), float(dice.integers(8, 20)))
    hands = dice.permutation(sites)
    return ServingProblem(
        csr_array((dice.random((sites, demand)) < 0.4).astype(float)),
        dice.integers(0, 15, sites).astype(float),
        csr_array((dice.random((today, demand)) < 0.4).astype(float)),
        dice.integers(0, 15, today).astype(float),
        dice.integers(0, 12, demand).astype(float),
        limits,
        required=hands[: draw(st.integers(0, 1))],
        forbidden=hands[1 : 1 + draw(st.integers(0, min(1, sites - 1)))],
    )


def largest_flow(asked: ServingProblem, chosen: np.ndarray) -> float:
    graph = nx.DiGraph()
    graph.add_nodes_from(["from", "to"])
    for number, amount in enumerate(asked.amount):
        graph.add_edge("from", ("demand", number), capacity=amount)
    for name, reach, room in (("site", asked.reach, asked.room), ("today", asked.today, asked.today_room)):
        for row in chosen if name == "site" else range(len(room)):
            graph.add_edge((name, row), "to", capacity=room[row])
            for demand in reach.indices[reach.indptr[row] : reach.indptr[row + 1]]:
                graph.add_edge(("demand", demand), (name, row))
    return float(nx.maximum_flow_value(graph, "from", "to"))


@settings(max_examples=120, deadline=None)
@given(small())
def test_no_choice_serves_more(asked: ServingProblem) -> None:
    choices = [
        np.array(chosen, dtype=np.int64)
        for size in range(asked.sites + 1)
        for chosen in combinations(range(asked.sites), size)
        if asked.limits.hold_for(np.array(chosen, dtype=np.int64))
        and set(asked.required) <= set(chosen)
        and not set(asked.forbidden) & set(chosen)
    ]
    if not choices:
        with pytest.raises(Refusal):
            most_served(asked)
        return
    found, nothing = most_served(asked), largest_flow(asked, np.array([], dtype=np.int64))
    assert any(np.array_equal(found.chosen, one) for one in choices)
    assert found.covered == pytest.approx(largest_flow(asked, found.chosen) - nothing, abs=1e-6)
    assert found.covered == pytest.approx(max(largest_flow(asked, one) for one in choices) - nothing, abs=1e-5)
    assert found.is_proven
    assert found.bound == pytest.approx(found.covered, abs=1e-5)


@pytest.mark.parametrize("seed", [14, 204, 214, 292, 377])
def test_what_a_start_from_the_greedy_answer_missed(seed: int) -> None:
    """HiGHS, started from the greedy answer, once called a lesser one proven in these; nothing limits them."""
    dice = np.random.default_rng(seed)
    reach, today = (csr_array((dice.random((rows, 9)) < 0.4).astype(float)) for rows in (4, 2))
    room, today_room, amount = (
        dice.integers(0, most, size).astype(float) for most, size in ((15, 4), (15, 2), (12, 9))
    )
    asked = ServingProblem(reach, room, today, today_room, amount, no_limits(4), forbidden=np.array([2]))
    nothing = largest_flow(asked, np.array([], dtype=np.int64))
    assert most_served(asked).covered == pytest.approx(largest_flow(asked, np.array([0, 1, 3])) - nothing)


def test_with_room_for_everybody_it_is_the_question_of_coverage() -> None:
    dice = np.random.default_rng(3)
    reach = csr_array((dice.random((40, 300)) < 0.06).astype(float))
    amount = dice.integers(1, 50, 300).astype(float)
    limits, nothing = at_most_sites(6, 40), csr_array((0, 300))
    asked = ServingProblem(reach, np.full(40, amount.sum()), nothing, np.zeros(0), amount, limits)
    assert most_served(asked).covered == pytest.approx(most_covered(CoverProblem(reach, amount, limits)).covered)


def test_two_small_sites_are_better_than_the_one_that_reaches_all() -> None:
    """Worked out by hand: the wide site has room for 5 of 20; the two others for 8 each of their own 10."""
    reach = csr_array(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    nothing = csr_array((0, 2))
    asked = ServingProblem(
        reach, np.array([5.0, 8.0, 8.0]), nothing, np.zeros(0), np.array([10.0, 10.0]), at_most_sites(2, 3)
    )
    assert most_served(asked).chosen.tolist() == [1, 2]
    assert most_served(asked).covered == pytest.approx(16)
    assert served(asked, np.array([0, 1])) == pytest.approx(13)


def test_what_is_served_today_is_not_counted_again() -> None:
    reach, today = csr_array(np.array([[1.0, 0.0]])), csr_array(np.array([[1.0, 1.0]]))
    asked = ServingProblem(reach, np.array([6.0]), today, np.array([7.0]), np.array([4.0, 8.0]), at_most_sites(1, 1))
    assert served(asked, np.array([], dtype=np.int64)) == pytest.approx(7)
    assert most_served(asked).covered == pytest.approx(4)  # the station turns to the others, as there are 8 of them
