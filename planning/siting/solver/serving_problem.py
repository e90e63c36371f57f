"""The question of room: which sites to open so that most find a place, where each has room for so many."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array, hstack

from planning.siting.solver.core import equal_rows
from planning.siting.solver.cover_problem import CoverProblem, no_sites
from planning.siting.solver.limits import Indices, Limits, Numbers


@dataclass(frozen=True)
class ServingProblem:
    """`reach` has a row for each site, `today` one for each open station; both have a column for each demand.

    A demand may be served in parts and by several; a site serves no more than its room.
    """

    reach: csr_array
    room: Numbers  # of each site, none below zero
    today: csr_array
    today_room: Numbers
    amount: Numbers  # of each demand, none below zero
    limits: Limits
    required: Indices = field(default_factory=no_sites)
    forbidden: Indices = field(default_factory=no_sites)

    @property
    def sites(self) -> int:
        return int(self.reach.shape[0])

    @property
    def whole(self) -> float:
        return float(self.amount.sum())

    @property
    def step(self) -> float:
        """Two answers that differ by less are as good as each other."""
        return max(self.whole, 1.0) * 1e-7

    def checked(self) -> ServingProblem:
        """Itself, where it can be asked at all."""
        for room in (self.room, self.today_room):
            if not np.isfinite(room).all() or (room < 0).any():
                raise ValueError("Room is finite and not below zero.")
        CoverProblem(self.reach, self.amount, self.limits, self.required, self.forbidden).checked()
        return self

    def merged(self) -> ServingProblem:
        """Demand that is reached from the same sites and stations counts as one; what nothing reaches is left out."""
        by_demand = csr_array(hstack([self.reach.T, self.today.T], format="csr"))
        group = np.where(self.amount > 0, equal_rows(by_demand), -1)
        named = np.flatnonzero(group >= 0)
        kept, first, group_of = np.unique(group[named], return_index=True, return_inverse=True)
        amount = np.bincount(group_of, weights=self.amount[named], minlength=len(kept)).astype(np.float64)
        rows = csr_array(by_demand[named[first]])
        rows.data = np.ones(rows.nnz)
        reach, today = csr_array(rows[:, : self.sites].T.tocsr()), csr_array(rows[:, self.sites :].T.tocsr())
        return ServingProblem(
            reach, self.room, today, self.today_room, amount, self.limits, self.required, self.forbidden
        )
