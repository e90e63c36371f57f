"""What is left to decide: equal demand merged, decided sites taken out, what they cover set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from planning.siting.solver.limits import Flags, Indices, Limits, Numbers

if TYPE_CHECKING:
    from planning.siting.solver.cover_problem import CoverProblem

_SIGNS = 2  # random sums of 64 bits that tell two rows apart; that both agree by chance does not happen


@dataclass(frozen=True)
class Core:
    """The undecided sites in their own numbering, and the demand that only they can still cover."""

    by_demand: csr_array
    by_site: csr_array
    weight: Numbers
    limits: Limits
    base: float  # covered by what is taken
    sites: Indices  # their numbers in the question
    taken: Indices
    step: float

    @property
    def size(self) -> int:
        return len(self.sites)

    def demand_of(self, site: int) -> Indices:
        begin, end = self.by_site.indptr[site : site + 2]
        covered: Indices = self.by_site.indices[begin:end]
        return covered

    def answer(self, is_open: Flags) -> Indices:
        """The sites of the question that are open: those taken and these."""
        return np.sort(np.concatenate([self.taken, self.sites[is_open]]))


def core_of(problem: CoverProblem) -> Core:
    """The whole question: what is required is taken, what is forbidden or fits no limit is gone."""
    problem = problem.checked()
    is_out = np.zeros(problem.sites, dtype=np.bool_)
    is_out[problem.forbidden] = True
    is_in = np.zeros(problem.sites, dtype=np.bool_)
    is_in[problem.required] = True
    whole = Core(
        by_demand=csr_array(problem.covers.T.tocsr()),
        by_site=problem.covers,
        weight=problem.weight.astype(np.float64),
        limits=problem.limits,
        base=0.0,
        sites=np.arange(problem.sites),
        taken=np.zeros(0, dtype=np.int64),
        step=problem.step,
    )
    return decided(whole, is_in, is_out)[0]


def decided(core: Core, is_in: Flags, is_out: Flags) -> tuple[Core, Indices]:
    """The core after some sites are decided, and where each of its demands went (-1: it is decided)."""
    taken, free = np.flatnonzero(is_in), _free(core, is_in, is_out)
    is_met = (core.by_demand[:, taken].sum(axis=1) > 0) if len(taken) else np.zeros(len(core.weight), dtype=np.bool_)
    open_rows = np.flatnonzero(~is_met & (core.weight > 0))
    left = csr_array(core.by_demand[open_rows][:, free])
    group = equal_rows(left)
    groups = int(group.max(initial=-1)) + 1
    first = np.full(groups, -1, dtype=np.int64)
    counted = np.flatnonzero(group >= 0)
    first[group[counted][::-1]] = counted[::-1]
    went = np.full(len(core.weight), -1, dtype=np.int64)
    went[open_rows] = group
    by_demand = csr_array(left[first])
    by_demand.data = np.ones(by_demand.nnz)
    return Core(
        by_demand=by_demand,
        by_site=csr_array(by_demand.T.tocsr()),
        weight=np.bincount(group[counted], weights=core.weight[open_rows][counted], minlength=groups).astype(
            np.float64
        ),
        limits=core.limits.on(free, taken),
        base=core.base + float(core.weight[is_met].sum()),
        sites=core.sites[free],
        taken=np.concatenate([core.taken, core.sites[taken]]),
        step=core.step,
    ), went


def may_be(core: Core, is_in: Flags) -> bool:
    """Whether the limits have room for all of these together; where each had to be open, nothing is left to find."""
    return bool((core.limits.use @ is_in.astype(np.float64) <= core.limits.room()).all())


def _free(core: Core, is_in: Flags, is_out: Flags) -> Indices:
    """The sites that are not decided and that the limits still have room for."""
    left = core.limits.room() - core.limits.use @ is_in.astype(np.float64)
    use = core.limits.use.tocoo()
    fits = np.ones(core.size, dtype=np.bool_)
    fits[use.coords[1][use.data > left[use.coords[0]]]] = False
    return np.flatnonzero(fits & ~is_in & ~is_out)


def equal_rows(rows: csr_array) -> Indices:
    """The group of each row, one for all that name the same columns; -1 for a row that names none."""
    dice = np.random.default_rng(rows.shape[1])
    bounds = rows.indptr
    signs = []
    for _ in range(_SIGNS):
        of_column = dice.integers(1, 2**63, rows.shape[1], dtype=np.uint64)
        upto = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(of_column[rows.indices], dtype=np.uint64)])
        signs.append(upto[bounds[1:]] - upto[bounds[:-1]])
    named = np.flatnonzero(np.diff(bounds))
    order = named[np.lexsort([sign[named] for sign in signs])]
    is_new = np.zeros(len(order), dtype=np.bool_)
    is_new[:1] = True
    for sign in signs:
        is_new[1:] |= sign[order][1:] != sign[order][:-1]
    group = np.full(rows.shape[0], -1, dtype=np.int64)
    group[order] = np.cumsum(is_new) - 1
    return group
