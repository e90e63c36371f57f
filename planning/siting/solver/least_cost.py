"""The least money that covers so much, and each group of sites at least once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from planning.siting.solver.core import Core, core_of
from planning.siting.solver.cover_problem import CoverProblem, covered_weight
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Numbers
from planning.siting.solver.picks import Picks
from planning.siting.solver.program import Program, minimised
from wording import Refusal

_FREE = 1e-9  # of the dearest: a site that costs nothing would be opened for nothing


@dataclass(frozen=True)
class LeastCost:
    """The sites, what they cost, and what no answer can cost less than."""

    chosen: Indices
    cost: float
    bound: float
    covered: float
    is_proven: bool
    was_cut: bool
    took_s: float

    @property
    def gap_pct(self) -> float:
        return 0.0 if self.is_proven or self.cost <= 0 else 100.0 * (self.cost - self.bound) / self.cost


def least_cost(
    problem: CoverProblem,
    costs: Numbers,
    target: float,
    one_of: Sequence[Sequence[int]] = (),
    effort: Effort | None = None,
) -> LeastCost:
    """The cheapest sites that cover at least `target`, with one or more of each group in `one_of`."""
    effort = effort or Effort()
    core = core_of(problem)
    _need_possible(problem, core, target, one_of)
    if not core.size:
        paid = float(costs[core.taken].sum())
        return LeastCost(np.sort(core.taken), paid, paid, core.base, is_proven=True, was_cut=effort.was_cut,
                         took_s=effort.took_s)  # fmt: skip
    program = _program(core, costs, target - core.base, [_in(core, group) for group in one_of if not _met(core, group)])
    start = _start(core, costs, target, one_of)
    paid = float(costs[core.taken].sum())
    # HiGHS is not told this start: with it, it called some small cases proven that were not best.
    found = minimised(program, effort, lambda best, bound: effort.tell(paid + best, paid + bound))
    known = [one for one in (found.columns, None if found.is_proven else start) if one is not None]
    if not known:
        if found.is_proven:
            raise Refusal("The limits leave no choice that reaches this. Ask for a smaller share or loosen the limits.")
        raise Refusal("Nothing that reaches this was found in the time. Allow more time or ask for a smaller share.")
    columns = min(known, key=lambda one: float(program.cost @ one))
    chosen = core.answer(columns[: core.size] > 0.5)
    cost = float(costs[chosen].sum())
    bound = cost if found.is_proven else min(paid + found.bound, cost)
    covered = covered_weight(problem, chosen)
    return LeastCost(chosen, cost, bound, covered, found.is_proven, effort.was_cut, effort.took_s)


def _program(core: Core, costs: Numbers, target: float, groups: list[Indices]) -> Program:
    """A column for each site, then one for each demand that says whether it is covered."""
    sites, demand = core.size, len(core.weight)
    price = costs[core.sites]
    members = csr_array(
        (np.ones(sum(map(len, groups))), np.concatenate([*groups, np.zeros(0, dtype=np.int64)]).astype(np.int64),
         np.concatenate([[0], np.cumsum([len(group) for group in groups])]).astype(np.int64)),
        shape=(len(groups), sites),
    )  # fmt: skip
    scale = max(float(core.weight.max(initial=0.0)), 1.0)
    rows = vstack(
        [
            hstack([-core.by_demand, eye_array(demand)]),
            hstack([core.limits.use, csr_array((len(core.limits.at_most), demand))]),
            hstack([csr_array((1, sites)), csr_array(core.weight.reshape(1, -1) / scale)]),
            hstack([members, csr_array((len(groups), demand))]),
        ],
        format="csr",
    )
    infinite = np.inf
    lower: list[Numbers] = [
        np.full(demand, -infinite),
        np.full(len(core.limits.at_most), -infinite),
        np.array([target / scale * (1 - 1e-9)]),
        np.ones(len(groups)),
    ]
    upper: list[Numbers] = [np.zeros(demand), core.limits.at_most, np.array([infinite]), np.full(len(groups), infinite)]
    are_whole = bool((price == np.round(price)).all())
    cost = np.concatenate([np.maximum(price, _FREE * max(price.max(initial=0.0), 1.0)), np.zeros(demand)])
    step = float(np.gcd.reduce(price.astype(np.int64))) if are_whole and len(price) else 0.0
    return Program(cost, csr_array(rows), np.concatenate(lower), np.concatenate(upper), sites, max(step, 1e-6))


def _start(core: Core, costs: Numbers, target: float, one_of: Sequence[Sequence[int]]) -> Numbers | None:
    """What covers most for its money, again and again, and then nothing that is not needed."""
    picks = Picks(core)
    price = np.maximum(costs[core.sites], 1e-9)
    for group in one_of:
        inside = _in(core, group)
        if not _met(core, group) and not picks.is_open[inside].any():
            fitting = inside[picks.fits()[inside]]
            if not len(fitting):
                return None
            picks.open(int(fitting[np.argmin(price[fitting])]))
    while picks.value < target:
        worth = np.where(picks.fits(), np.minimum(picks.gain, target - picks.value) / price, 0.0)
        if worth.max(initial=0.0) <= 0:
            return None
        picks.open(int(worth.argmax()))
    for site in sorted(picks.chosen().tolist(), key=lambda one: -price[one]):
        picks.close(site)
        if picks.value < target or not all(
            _met(core, group) or picks.is_open[_in(core, group)].any() for group in one_of
        ):
            picks.open(site)
    return np.concatenate([picks.is_open, picks.is_met]).astype(np.float64)


def _in(core: Core, group: Sequence[int]) -> Indices:
    """The undecided sites of a group, in the core's numbering."""
    return np.flatnonzero(np.isin(core.sites, np.asarray(group, dtype=np.int64)))


def _met(core: Core, group: Sequence[int]) -> bool:
    return bool(np.isin(core.taken, np.asarray(group, dtype=np.int64)).any())


def _need_possible(problem: CoverProblem, core: Core, target: float, one_of: Sequence[Sequence[int]]) -> None:
    most = core.base + float(core.weight.sum())
    if target > most * (1 + 1e-9):
        raise Refusal(
            "All candidates together cover {most} of a hundred of what is asked for. Ask for no more than that, add "
            "candidates, or allow more minutes.",
            most=f"{100 * most / max(problem.whole, 1e-9):.1f}",
        )
    if any(not _met(core, group) and not len(_in(core, group)) for group in one_of):
        raise Refusal("One of the groups has no candidate at all. Add a candidate in it, or don't ask for each group.")
