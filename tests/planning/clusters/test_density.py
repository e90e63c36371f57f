"""Shops are grouped as the rule says, counted out by hand for every pair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.clusters.density import ALONE, cluster_labels
from planning.clusters.rules import ClusterRules

RULES = ClusterRules.of()
SPOT = st.tuples(st.integers(0, 2000), st.integers(0, 2000))


def by_hand(spots: np.ndarray) -> tuple[list[set[int]], dict[int, set[int]]]:
    """The dense shops of each cluster, and for every other shop that has dense neighbours which clusters those are."""
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    near = apart <= RULES.distance_m
    dense = set(np.flatnonzero(near.sum(axis=1) >= RULES.least_shops).tolist())
    hearts: list[set[int]] = []
    left = set(dense)
    while left:
        heart, to_see = set(), [min(left)]
        while to_see:
            one = to_see.pop()
            if one in heart:
                continue
            heart.add(one)
            to_see += [other for other in dense if near[one, other]]
        hearts.append(heart)
        left -= heart
    rims = {
        one: {at for at, heart in enumerate(hearts) if any(near[one, other] for other in heart)}
        for one in set(range(len(spots))) - dense
    }
    return hearts, rims


@settings(deadline=None)  # the first import of scikit-learn takes its time
@given(st.lists(SPOT, min_size=1, max_size=60))
def test_groups_are_those_of_the_rule(spots: list[tuple[int, int]]) -> None:
    spots_m = np.array(spots, dtype=np.float64)
    labels = cluster_labels(spots_m, RULES)
    hearts, rims = by_hand(spots_m)
    for heart in hearts:
        assert len({int(labels[one]) for one in heart}) == 1
    for one, near in rims.items():
        names = {int(labels[min(hearts[at])]) for at in near}
        assert labels[one] == ALONE or int(labels[one]) in names
    sizes = np.bincount(labels[labels != ALONE]) if (labels != ALONE).any() else np.array([RULES.least_shops])
    assert sizes.min() >= RULES.least_shops


def test_clusters_are_numbered_by_their_first_shop() -> None:
    spots = np.array([[9000, 0]] * 5 + [[0, 0]] * 6, dtype=np.float64)
    assert cluster_labels(spots, RULES).tolist() == [0] * 5 + [1] * 6


def test_many_shops_on_one_spot_are_one_cluster_and_take_no_time() -> None:
    spots = np.zeros((100_000, 2))
    assert set(cluster_labels(spots, RULES).tolist()) == {0}


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_shops_make_no_cluster(count: int) -> None:
    assert cluster_labels(np.zeros((count, 2)), RULES).tolist() == [ALONE] * count


def test_the_numbers_of_a_place_of_its_own_are_gone_by() -> None:
    spots = np.array([[at * 400.0, 0.0] for at in range(6)])
    assert set(cluster_labels(spots, RULES).tolist()) == {ALONE}
    assert set(cluster_labels(spots, replace(RULES, distance_m=400, least_shops=3)).tolist()) == {0}
