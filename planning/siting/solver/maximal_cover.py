"""Which sites cover most: good answers and bounds in turns, what the bound decides taken out, the rest proven."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.siting.solver.core import core_of, decided, may_be
from planning.siting.solver.cover_problem import CoverProblem, covered_weight
from planning.siting.solver.dual import Dual, Prices, decided_by
from planning.siting.solver.effort import Effort
from planning.siting.solver.lagrangian_tree import Node, Tree, rounded
from planning.siting.solver.limits import Flags, Indices, Numbers
from planning.siting.solver.local_search import exchange, fill, greedy, improve
from planning.siting.solver.picks import Picks

_ROUNDS = 80  # of shaking, between two bounds
_STEPS = 800  # of the first bound; later ones start from good prices
_LATER_STEPS = 200
_CYCLES = 6
_QUIET_CYCLES = 2  # without a better answer and without a decided site
_NODES_AT_ONCE = 4
_MOST_NODES = 100_000


@dataclass(frozen=True)
class CoverAnswer:
    """The sites, what they cover counted anew from the question, and what no answer can exceed."""

    chosen: Indices
    covered: float
    bound: float
    is_proven: bool
    was_cut: bool  # by time or by hand; otherwise the same question and seed give the same answer again
    took_s: float

    @property
    def gap_pct(self) -> float:
        return 0.0 if self.is_proven or self.bound <= 0 else 100.0 * (self.bound - self.covered) / self.bound


def most_covered(problem: CoverProblem, effort: Effort | None = None) -> CoverAnswer:
    """The best choice of sites that is found, with a proven bound; proven itself where the effort allows."""
    search = _Search(problem, effort or Effort())
    quiet = 0
    for _ in range(_CYCLES):
        if search.is_proven or search.effort.is_over():
            break
        quiet = 0 if search.cycle() else quiet + 1
        if quiet >= _QUIET_CYCLES:
            break
    search.prove()
    return search.answer()


class _Search:
    """The best answer so far, the lowest bound so far, and the core that is left."""

    def __init__(self, problem: CoverProblem, effort: Effort) -> None:
        self.problem, self.effort = problem, effort
        self.core = core_of(problem)
        self.dice = np.random.default_rng(effort.seed)
        self.picks = exchange(greedy(self.core))
        self.chosen = self.core.answer(self.picks.is_open)
        self.best = covered_weight(problem, self.chosen)
        self.prices: Prices = Dual(self.core).first_prices()
        self.bound = problem.whole
        self.opened: Numbers = np.zeros(self.core.size)
        self._steps, self._stride = _STEPS, 1.0
        self._tell()

    @property
    def is_proven(self) -> bool:
        return self.bound - self.best < self.problem.step * (1 - 1e-6)

    def cycle(self) -> bool:
        """Bound, decide, search; whether a better answer or a decision came of it."""
        before = (self.best, self.core.size)
        self._bound_and_decide()
        if not self.is_proven:
            self._take(improve(self.core, self.picks, _ROUNDS, self.dice, self.effort))
        return (self.best, self.core.size) != before

    def _bound_and_decide(self) -> None:
        dual = Dual(self.core)
        found = dual.tighten(self.prices, self.best, self._steps, self.effort, self._stride, self._bounded)
        self.prices, self.opened = found.prices, found.opened
        self._steps, self._stride = _LATER_STEPS, 0.1
        self._bounded(found.value)
        self._take(exchange(fill(rounded(self.core, found.opened), None)))
        is_in, is_out = decided_by(dual.bound(self.prices), self.best, self.core.step)
        if not may_be(self.core, is_in):
            self._bounded(self.best)  # what a better answer must have cannot be had
        elif is_in.any() or is_out.any():
            self._shrink(is_in, is_out)

    def prove(self) -> None:
        """Branch until every answer is accounted for or the effort is over."""
        if self.is_proven or self.effort.is_over():
            return
        root = Node(self.core, self.prices, self.bound, self.opened)
        tree = Tree(root, self.best, self.effort, self._keep)
        is_left = True
        while is_left and not self.effort.is_over() and tree.nodes < _MOST_NODES:
            is_left = tree.grow(_NODES_AT_ONCE)
            self._bounded(tree.bound)

    def answer(self) -> CoverAnswer:
        covered = covered_weight(self.problem, self.chosen)
        bound = covered if self.is_proven else max(self.bound, covered)
        return CoverAnswer(self.chosen, covered, bound, self.is_proven, self.effort.was_cut, self.effort.took_s)

    def _bounded(self, bound: float) -> None:
        whole = np.floor(bound + 1e-6) if self.problem.step == 1.0 else bound
        self.bound = max(min(self.bound, float(whole)), self.best)
        self._tell()

    def _take(self, picks: Picks) -> None:
        """Go on from this choice, where it is better than any before."""
        if picks.value > self.best + self.core.step * 0.25:
            self.picks = picks
            self._keep(self.core.answer(picks.is_open))

    def _keep(self, chosen: Indices) -> float:
        covered = covered_weight(self.problem, chosen)
        if covered > self.best:
            self.chosen, self.best = chosen, covered
            self._tell()
        return covered

    def _tell(self) -> None:
        self.effort.tell(self.best, max(self.bound, self.best))

    def _shrink(self, is_in: Flags, is_out: Flags) -> None:
        """Leave out what is decided; the answer in hand may be among it, since only better ones are looked for."""
        before = self.core
        self.core, went = decided(before, is_in, is_out)
        if not self.core.size:
            self._keep(self.core.answer(np.zeros(0, dtype=np.bool_)))
            self._bounded(self.best)
            return
        self.prices = Dual(self.core).carried(self.prices, went, before)
        place = np.full(self.problem.sites, -1)
        place[before.sites] = np.arange(before.size)
        self.opened = self.opened[place[self.core.sites]]
        kept = Picks(self.core)
        for site in np.flatnonzero(self.picks.is_open[place[self.core.sites]]):
            if kept.fits()[site]:
                kept.open(int(site))
        self.picks = exchange(fill(kept, None))
        self._take(self.picks)
