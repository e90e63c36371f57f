"""What a choice of sites must keep to: a number, a budget, at most so many of a group, one of two that lie too near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy.sparse import csr_array, vstack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Indices: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

ROUNDING = 1e-9  # of a limit, so that three times 0.1 fits into 0.3


@dataclass(frozen=True)
class Limits:
    """Rows of what each site uses up, none below zero, and how much of each there is."""

    use: csr_array
    at_most: Numbers

    @property
    def sites(self) -> int:
        return int(self.use.shape[1])

    def __and__(self, other: Limits) -> Limits:
        use = csr_array(vstack([self.use, other.use], format="csr"))
        return Limits(use, np.concatenate([self.at_most, other.at_most]))

    def room(self) -> Numbers:
        """The limits with the slack that rounding needs."""
        return self.at_most + ROUNDING * np.maximum(1.0, np.abs(self.at_most))

    def hold_for(self, chosen: Indices) -> bool:
        is_open = np.zeros(self.sites)
        is_open[chosen] = 1.0
        return bool((self.use @ is_open <= self.room()).all())

    def on(self, sites: Indices, taken: Indices) -> Limits:
        """What is left for some of the sites where others are taken, without limits that bind no more."""
        is_taken = np.zeros(self.sites)
        is_taken[taken] = 1.0
        left = self.at_most - self.use @ is_taken
        use = csr_array(self.use[:, sites])
        use.eliminate_zeros()
        binds = np.flatnonzero(use.sum(axis=1) > left + ROUNDING * np.maximum(1.0, np.abs(self.at_most)))
        return Limits(csr_array(use[binds]), np.maximum(left[binds], 0.0))


def no_limits(sites: int) -> Limits:
    return Limits(csr_array((0, sites)), np.zeros(0))


def at_most_sites(number: int, sites: int) -> Limits:
    return Limits(csr_array(np.ones((1, sites))), np.array([float(number)]))


def within_budget(costs: Numbers, budget: float) -> Limits:
    return Limits(csr_array(np.asarray(costs, dtype=np.float64).reshape(1, -1)), np.array([float(budget)]))


def at_most_of_each(groups: Sequence[Iterable[int]], number: int, sites: int) -> Limits:
    """At most so many of each group; a group that has no more than that limits nothing."""
    members = [np.unique(np.fromiter(group, dtype=np.int64)) for group in groups]
    members = [group for group in members if len(group) > number]
    bounds = np.concatenate([[0], np.cumsum([len(group) for group in members])]).astype(np.int64)
    columns = np.concatenate(members) if members else np.zeros(0, dtype=np.int64)
    use = csr_array((np.ones(len(columns)), columns, bounds), shape=(len(members), sites))
    return Limits(use, np.full(len(members), float(number)))


def one_of_each_pair(pairs: Indices, sites: int) -> Limits:
    """Of two sites that lie too near only one: pairs as rows of two numbers, gathered into cliques as they come."""
    near: dict[int, set[int]] = {}
    for first, second in np.asarray(pairs, dtype=np.int64).reshape(-1, 2).tolist():
        near.setdefault(first, set()).add(second)
        near.setdefault(second, set()).add(first)
    left = {tuple(sorted(pair)) for pair in np.asarray(pairs, dtype=np.int64).reshape(-1, 2).tolist()}
    cliques = []
    while left:
        first, second = min(left)
        clique = [first, second]
        for other in sorted(near[first] & near[second]):
            if all(other in near[member] for member in clique):
                clique.append(other)
        cliques.append(clique)
        inside = sorted(clique)
        left -= {(one, two) for place, one in enumerate(inside) for two in inside[place + 1 :]}
    return at_most_of_each(cliques, 1, sites)
