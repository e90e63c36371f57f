"""The question that siting comes down to: which sites to open so that the most is covered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from planning.siting.solver.limits import Flags, Indices, Limits, Numbers
from wording import Refusal


def no_sites() -> Indices:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class CoverProblem:
    """`covers` has a row for each site and a column for each demand; what it stores is covered, whatever the number."""

    covers: csr_array
    weight: Numbers  # of each demand, none below zero
    limits: Limits
    required: Indices = field(default_factory=no_sites)
    forbidden: Indices = field(default_factory=no_sites)

    @property
    def sites(self) -> int:
        return int(self.covers.shape[0])

    @property
    def whole(self) -> float:
        return float(self.weight.sum())

    @property
    def step(self) -> float:
        """By how much one answer can at least be better than another; whole numbers differ by one."""
        are_whole = bool((self.weight == np.round(self.weight)).all())
        return 1.0 if are_whole else max(self.whole, 1.0) * 1e-9

    def checked(self) -> CoverProblem:
        """Itself, where it can be asked at all."""
        if self.covers.shape[1] != len(self.weight) or self.limits.sites != self.sites:
            raise ValueError("Sites, demand and limits are of different lengths.")
        if not np.isfinite(self.weight).all() or (self.weight < 0).any():
            raise ValueError("Weights are finite and not below zero.")
        if (self.limits.use.data < 0).any():
            raise ValueError("No site gives back what a limit counts.")
        if np.intersect1d(self.required, self.forbidden).size:
            raise Refusal("A site cannot be both required and forbidden. Take it out of one of the two lists.")
        if not self.limits.hold_for(self.required):
            raise Refusal(
                "The sites that are required break the limits by themselves: they cost more than the budget, are more "
                "than may be opened, or lie too near to each other. Raise the limit or require fewer."
            )
        return self


def near_enough(minutes: csr_array, within: float) -> csr_array:
    """Which of the pairs that are reached at all are so within so many minutes."""
    entries = minutes.tocoo()
    near = entries.data <= within
    row, column = entries.coords
    return csr_array((np.ones(int(near.sum())), (row[near], column[near])), shape=minutes.shape)


def is_covered(covers: csr_array, chosen: Indices) -> Flags:
    """Of each demand whether any of the chosen sites covers it."""
    found = np.zeros(covers.shape[1], dtype=np.bool_)
    for site in np.asarray(chosen, dtype=np.int64):
        found[covers.indices[covers.indptr[site] : covers.indptr[site + 1]]] = True
    return found


def covered_weight(problem: CoverProblem, chosen: Indices) -> float:
    """What an answer covers, counted anew from the question alone."""
    return float(problem.weight[is_covered(problem.covers, chosen)].sum())
