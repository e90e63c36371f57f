"""The rest of a question proven by branching on the Lagrangian bound, whose nodes shrink as sites are decided."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.solver.core import Core, decided, may_be
from planning.siting.solver.dual import Bound, Dual, Prices, decided_by
from planning.siting.solver.effort import Effort
from planning.siting.solver.local_search import exchange, fill
from planning.siting.solver.picks import Picks

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.siting.solver.limits import Indices, Numbers

_STEPS = 100
_STRIDE = 0.1
_SEARCHED_EACH = 4  # nodes: one in so many is searched for a better answer


@dataclass(frozen=True)
class Node:
    """What is left to decide in a part of all choices, and what none of them can exceed."""

    core: Core
    prices: Prices
    bound: float
    opened: Numbers


class Tree:
    """Open nodes, the most promising first."""

    def __init__(self, root: Node, best: float, effort: Effort, found: Callable[[Indices], float]) -> None:
        self._open: list[tuple[float, int, Node]] = []
        self._turn = count()
        self._effort, self._found, self.best = effort, found, best
        self.step = root.core.step
        self.nodes = 0
        self._push(root)

    @property
    def bound(self) -> float:
        """No answer exceeds this."""
        return max(self.best, -self._open[0][0]) if self._open else self.best

    def grow(self, nodes: int) -> bool:
        """Work off so many nodes; whether any is left."""
        for _ in range(nodes):
            if not self._open or self._effort.is_over():
                break
            node = heapq.heappop(self._open)[2]
            if node.bound - self.best < self.step * (1 - 1e-6):
                self._open = []  # the others promise even less
                break
            site = _split_at(node)
            for into in (True, False):
                self._child(node, site, into=into)
                if self._effort.is_over():
                    self._push(node)  # half a split proves nothing
                    break
        return bool(self._open)

    def _push(self, node: Node) -> None:
        heapq.heappush(self._open, (-node.bound, next(self._turn), node))

    def _child(self, node: Node, site: int, *, into: bool) -> None:
        self.nodes += 1
        one = np.arange(node.core.size) == site
        none = np.zeros(node.core.size, dtype=np.bool_)
        core, prices, bound = node.core, node.prices, node.bound
        is_in, is_out = (one, none) if into else (none, one)
        while may_be(core, is_in):
            dual, prices, core = _step_down(core, prices, is_in, is_out)
            if not core.size:
                self._heard(core.answer(np.zeros(0, dtype=np.bool_)))
                return
            found = dual.tighten(prices, self.best, _STEPS, self._effort, _STRIDE)
            prices, bound = found.prices, min(bound, found.value)
            if self.nodes % _SEARCHED_EACH == 0:
                self._search(core, found)
            if bound - self.best < self.step * (1 - 1e-6):
                return
            is_in, is_out = decided_by(dual.bound(prices), self.best, self.step)
            if not (is_in.any() or is_out.any()):
                self._push(Node(core, prices, bound, found.opened))
                return

    def _search(self, core: Core, found: Bound) -> None:
        picks = exchange(fill(rounded(core, found.opened), None))
        if picks.value > self.best + self.step * 0.25:
            self._heard(core.answer(picks.is_open))

    def _heard(self, chosen: Indices) -> None:
        self.best = max(self.best, self._found(chosen))


def rounded(core: Core, opened: Numbers) -> Picks:
    """The sites that the easier game opens most, as far as they fit."""
    picks = Picks(core)
    for site in np.argsort(-opened, kind="stable"):
        if opened[site] <= 0:
            break
        if picks.fits()[site]:
            picks.open(int(site))
    return picks


def _step_down(core: Core, prices: Prices, is_in: np.ndarray, is_out: np.ndarray) -> tuple[Dual, Prices, Core]:
    smaller, went = decided(core, is_in, is_out)
    dual = Dual(smaller)
    return dual, dual.carried(prices, went, core), smaller


def _split_at(node: Node) -> int:
    """The site of which the easier game is least sure, weighed by what it covers."""
    unsure = np.minimum(node.opened, 1 - node.opened)
    covers = node.core.by_site @ node.core.weight
    return int((unsure * covers + 1e-9 * covers).argmax())
