"""How much any answer could cover at most: the Lagrangian bound, made tighter step by step.

Each demand gets a price u between nothing and its weight. Whoever opens a site earns the prices of what it covers, and
what nobody covers may be bought for w - u; the best that this easier game can bring is a bound for every choice of
prices. The limit that concerns most sites is kept as it is, every other one gets a price too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.solver.core import Core
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Flags, Indices, Numbers

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 20  # steps without a better bound before the steps become shorter
_SHORTER = 0.7
_SHORTEST = 1e-5
_INERTIA = 0.9  # of the direction
_INERTIA_OF_SHARES = 0.97
_TOLD_EACH = 50  # steps
_FIRST_PRICE = 0.5  # of the weight


@dataclass(frozen=True)
class Prices:
    """Of each demand and of each limit but the main one."""

    demand: Numbers
    limits: Numbers


@dataclass(frozen=True)
class Bound:
    """The bound that some prices give, and what opening or closing each site would cost of it."""

    value: float
    prices: Prices
    worth: Numbers  # of a site beyond what the main limit asks for: below zero, the bound would rather have it closed
    opened: Numbers  # the share of each site that the easier game opens; on average over many prices, once tightened


class Dual:
    """The easier game on one core."""

    def __init__(self, core: Core) -> None:
        self.core = core
        limits = core.limits
        counts = np.diff(limits.use.indptr)
        self._main = int(counts.argmax()) if len(counts) else None
        others = np.flatnonzero(np.arange(len(counts)) != self._main)
        self._others = limits.use[others]
        self._others_by_site = self._others.T.tocsr()
        self._others_at_most = limits.at_most[others]
        if self._main is not None:
            self._use = np.asarray(limits.use[[self._main]].toarray()).ravel()
            self._at_most = float(limits.at_most[self._main])

    def first_prices(self) -> Prices:
        return Prices(_FIRST_PRICE * self.core.weight, np.zeros(len(self._others_at_most)))

    def bound(self, prices: Prices) -> Bound:
        core = self.core
        earned = core.by_site @ prices.demand - self._others_by_site @ prices.limits
        value = core.base + float((core.weight - prices.demand).sum() + prices.limits @ self._others_at_most)
        if self._main is None:
            return Bound(value + float(np.maximum(earned, 0.0).sum()), prices, earned, (earned > 0).astype(np.float64))
        rent, opened = _rent(earned, self._use, self._at_most)
        worth = earned - rent * self._use
        value += rent * self._at_most + float(np.maximum(worth, 0.0).sum())
        return Bound(value, prices, worth, opened)

    def tighten(
        self,
        start: Prices,
        target: float,
        steps: int,
        effort: Effort,
        stride: float = 1.0,
        told: Callable[[float], None] | None = None,
    ) -> Bound:
        """The best bound that so many steps of deflected subgradients find, aimed at the best answer known."""
        core = self.core
        best = here = self.bound(start)
        since, way, opened = 0, np.zeros(len(core.weight)), here.opened
        way_limits = np.zeros(len(self._others_at_most))
        for turn in range(steps):
            if told is not None and turn % _TOLD_EACH == 0:
                told(best.value)
            if effort.is_over() or stride < _SHORTEST or best.value - target < core.step * 0.5:
                break
            prices = here.prices
            opened = _INERTIA_OF_SHARES * opened + (1 - _INERTIA_OF_SHARES) * here.opened
            way = _INERTIA * way + (1 - _INERTIA) * (core.by_demand @ here.opened - 1.0)
            way_limits = _INERTIA * way_limits + (1 - _INERTIA) * (self._others_at_most - self._others @ here.opened)
            down = _unless_at_the_end(way, prices.demand, core.weight)
            down_limits = np.where((prices.limits <= 0) & (way_limits > 0), 0.0, way_limits)
            length = float(down @ down + down_limits @ down_limits)
            if length <= 0:
                break
            step = stride * max(here.value - target, 0.0) / length
            here = self.bound(
                Prices(
                    np.clip(prices.demand - step * down, 0.0, core.weight),
                    np.maximum(prices.limits - step * down_limits, 0.0),
                )
            )
            since += 1
            if here.value < best.value - 1e-7 * abs(best.value):
                best, since = here, 0
            elif here.value < best.value:
                best = here
            if since >= _PATIENCE:
                here, since, stride = best, 0, stride * _SHORTER
        return replace(best, opened=opened)

    def carried(self, prices: Prices, went: Indices, core_before: Core) -> Prices:
        """Prices of the core before, as prices of this one that was decided from it."""
        kept = went >= 0
        demand = np.bincount(went[kept], weights=prices.demand[kept], minlength=len(self.core.weight))
        same = len(self._others_at_most) == len(prices.limits) and len(core_before.limits.at_most) > 0
        limits = prices.limits if same else np.zeros(len(self._others_at_most))
        return Prices(np.minimum(demand, self.core.weight), limits)


def decided_by(bound: Bound, best: float, step: float) -> tuple[Flags, Flags]:
    """Which sites must be open, and which closed, in every answer that is better than the best known."""
    least = best + step * (1 - 1e-6)
    is_out = (bound.worth < 0) & (bound.value + bound.worth < least)
    is_in = (bound.worth > 0) & (bound.value - bound.worth < least)
    return is_in, is_out


def _unless_at_the_end(way: Numbers, price: Numbers, weight: Numbers) -> Numbers:
    return np.where(((price <= 0) & (way > 0)) | ((price >= weight) & (way < 0)), 0.0, way)


def _rent(earned: Numbers, use: Numbers, at_most: float) -> tuple[float, Numbers]:
    """The price of the main limit at which the sites worth it just use it up, and what share of each is opened."""
    opened = ((earned > 0) & (use <= 0)).astype(np.float64)
    asked = np.flatnonzero((earned > 0) & (use > 0))
    if float(use[asked].sum()) <= at_most:
        opened[asked] = 1.0
        return 0.0, opened
    asked = asked[np.argsort(-(earned[asked] / use[asked]), kind="stable")]
    upto = np.cumsum(use[asked])
    last = int(np.searchsorted(upto, at_most, side="right"))
    opened[asked[:last]] = 1.0
    critical = asked[last]
    opened[critical] = (at_most - (upto[last - 1] if last else 0.0)) / use[critical]
    return float(earned[critical] / use[critical]), opened
