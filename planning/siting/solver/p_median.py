"""So many sites that the way of all to the nearest is shortest in sum: the p-median, proven where time allows."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count

import numpy as np

from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Flags, Indices, Numbers
from planning.siting.solver.median_search import improved, spread

_FIRST_STEPS, _STEPS = 900, 120
_FIRST_STRIDE, _STRIDE = 1.5, 0.4
_PATIENCE, _SHORTER, _SHORTEST = 20, 0.7, 1e-4
_INERTIA = 0.6
_SHAKES = 60


@dataclass(frozen=True)
class MedianAnswer:
    """The sites, the sum of all ways to them, and what no choice can go below."""

    chosen: Indices
    cost: float
    bound: float
    is_proven: bool
    was_cut: bool
    nodes: int
    took_s: float


@dataclass(frozen=True)
class _Node:
    is_in: Flags
    is_out: Flags
    prices: Numbers
    bound: float
    split: int


class _Search:
    """The best choice known, and the parts of all choices that may hold a better one."""

    def __init__(self, ways: Numbers, number: int, effort: Effort) -> None:
        self.ways, self.number, self.effort = ways, number, effort
        self.step = 1.0 if bool((ways == np.round(ways)).all()) else max(float(ways.max(initial=1.0)), 1.0) * 1e-9
        dice = np.random.default_rng(effort.seed)
        self.chosen, self.cost = improved(ways, spread(ways, number), _SHAKES, dice, effort)
        self.nodes = 0
        self._open: list[tuple[float, int, _Node]] = []
        self._turn = count()

    def run(self) -> float:
        """Branch until nothing better can be left; the bound."""
        none = np.zeros(self.ways.shape[1], dtype=np.bool_)
        nearest = np.sort(self.ways, axis=1)[:, : self.number + 1].mean(axis=1)
        self._bound(none, none.copy(), nearest, -np.inf, _FIRST_STEPS, _FIRST_STRIDE)
        while self._open and not self.effort.is_over():
            node = heapq.heappop(self._open)[2]
            if self._is_hopeless(node.bound):
                self._open = []
                break
            for into in (True, False):
                is_in, is_out = node.is_in.copy(), node.is_out.copy()
                (is_in if into else is_out)[node.split] = True
                self._bound(is_in, is_out, node.prices, node.bound, _STEPS, _STRIDE)
                if self.effort.is_over():
                    heapq.heappush(self._open, (node.bound, next(self._turn), node))
                    break
            self.effort.tell(self.cost, min(self.cost, self._open[0][0]) if self._open else self.cost)
        return self.cost if not self._open else min(self.cost, self._rounded_up(self._open[0][0]))

    def _is_hopeless(self, bound: float) -> bool:
        return bound > self.cost - self.step * (1 - 1e-6)

    def _rounded_up(self, bound: float) -> float:
        return float(np.ceil(bound - 1e-6)) if self.step == 1.0 else bound

    def _bound(self, is_in: Flags, is_out: Flags, prices: Numbers, parent: float, steps: int, stride: float) -> None:
        """Raise the bound of a part by subgradients, decide what it decides, and keep the part if hope is left."""
        self.nodes += 1
        best, best_prices, since = parent, prices, 0
        way = np.zeros(len(prices))
        often = np.zeros(len(is_in))
        for _ in range(steps):
            sites = np.flatnonzero(~is_out)
            if len(sites) < self.number or int(is_in.sum()) > self.number:
                return
            saved = np.minimum(self.ways[:, sites] - prices[:, None], 0.0)
            worth = saved.sum(axis=0)
            order = np.argsort(np.where(is_in[sites], -np.inf, worth), kind="stable")
            opened = order[: self.number]
            value = float(prices.sum() + worth[opened].sum())
            often *= 0.95
            often[sites[opened]] += 0.05
            self._try(sites[opened])
            since += 1
            if value > best + 1e-9:
                best, best_prices, since = value, prices, 0
            if self._is_hopeless(max(value, best)):
                return
            self._decide(is_in, is_out, sites, worth, order, value)
            if since >= _PATIENCE:
                prices, stride, since = best_prices, stride * _SHORTER, 0
                if stride < _SHORTEST:
                    break
                continue
            slack = 1.0 - (saved[:, opened] < 0).sum(axis=1)
            way = _INERTIA * way + (1 - _INERTIA) * slack
            length = float(way @ way)
            if length <= 1e-12:
                break
            prices = prices + stride * (self.cost - value) / length * way
        free = ~is_in & ~is_out
        if not free.any() or int(is_in.sum()) == self.number:
            return  # the only choice left has been tried
        unsure = np.where(free, np.minimum(often, 1 - often) + 1e-6 * often, -1.0)
        heapq.heappush(
            self._open, (best, next(self._turn), _Node(is_in, is_out, best_prices, best, int(unsure.argmax())))
        )

    def _decide(
        self, is_in: Flags, is_out: Flags, sites: Indices, worth: Numbers, order: Indices, value: float
    ) -> None:
        """A site that no better choice can open is out; one that every better choice must open is in."""
        if self.number >= len(sites):
            return
        last_in, first_out = worth[order[self.number - 1]], worth[order[self.number]]
        least = self.cost - self.step * (1 - 1e-6)
        closed, opened = order[self.number :], order[: self.number]
        if not is_in[sites[order[self.number - 1]]]:
            is_out[sites[closed[value + worth[closed] - last_in > least]]] = True
        free = opened[~is_in[sites[opened]]]
        is_in[sites[free[value - worth[free] + first_out > least]]] = True

    def _try(self, chosen: Indices) -> None:
        cost = float(self.ways[:, chosen].min(axis=1).sum())
        if cost < self.cost - self.step * 1e-6:
            dice = np.random.default_rng(self.effort.seed)
            self.chosen, self.cost = improved(self.ways, np.sort(chosen), 0, dice, self.effort)


def shortest_ways(ways: Numbers, number: int, effort: Effort | None = None) -> MedianAnswer:
    """`ways` holds the way of each (rows) to each site (columns), times how much it counts."""
    effort = effort or Effort()
    search = _Search(np.asarray(ways, dtype=np.float64), min(number, ways.shape[1]), effort)
    bound = search.run()
    chosen = np.sort(search.chosen)
    cost = float(ways[:, chosen].min(axis=1).sum())
    is_proven = cost - bound < search.step * (1 - 1e-6)
    return MedianAnswer(
        chosen, cost, cost if is_proven else bound, is_proven, effort.was_cut, search.nodes, effort.took_s
    )
