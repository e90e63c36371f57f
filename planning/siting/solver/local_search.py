"""Good answers quickly: take the best site again and again, then exchange, then shake and exchange again."""

from __future__ import annotations

import numpy as np

from planning.siting.solver.core import Core
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Numbers
from planning.siting.solver.picks import Picks

_WORSE_IS_TAKEN_UP_TO = 1e-3  # of the best, when the search goes on from a worse answer
_SHAKEN = (1, 5)  # so many sites are closed at once, the upper number excluded
_CHOICE_SHARPNESS = 4  # a site with twice the gain is 2⁴ times as likely to be opened


def greedy(core: Core) -> Picks:
    """The better of two: the site that adds most each time, or that adds most for what it uses of the scarcest."""
    plain = fill(Picks(core), None)
    if not len(core.limits.at_most):
        return plain
    thrifty = fill(Picks(core), price_of(core))
    return max(plain, thrifty, key=lambda picks: picks.value)


def fill(picks: Picks, price: Numbers | None, dice: np.random.Generator | None = None) -> Picks:
    """Open sites as long as one fits and adds anything; with dice, good ones are only likelier."""
    while True:
        gain = np.where(picks.fits(), picks.gain, 0.0)
        if gain.max(initial=0.0) <= _least(picks.core):
            return picks
        gain = np.maximum(gain, 0.0)
        if price is not None:
            gain = gain / price
        if dice is None:
            picks.open(int(gain.argmax()))
        else:
            odds = np.cumsum((gain / gain.max()) ** _CHOICE_SHARPNESS)
            picks.open(int(np.searchsorted(odds, dice.random() * odds[-1], side="right")))


def exchange(picks: Picks) -> Picks:
    """Close one and open another as long as that adds, the best exchange first; and open what fits."""
    while True:
        fill(picks, None)
        opened, better = picks.exchanges()
        if not better.size:
            return picks
        out, into = divmod(int(better.argmax()), picks.core.size)
        if better[out, into] <= _least(picks.core):
            return picks
        picks.close(int(opened[out]))
        picks.open(into)


def improve(core: Core, start: Picks, rounds: int, dice: np.random.Generator, effort: Effort) -> Picks:
    """Shake the answer and exchange again, so many times; go on from what is nearly as good."""
    best = here = start
    price = price_of(core)
    for turn in range(rounds):
        if effort.is_over() or not here.is_open.any():
            break
        trial = here.copy()
        opened = trial.chosen()
        for site in dice.choice(opened, min(len(opened), int(dice.integers(*_SHAKEN))), replace=False):
            trial.close(int(site))
        exchange(fill(trial, price if turn % 2 else None, dice))
        if trial.value >= best.value - _WORSE_IS_TAKEN_UP_TO * abs(best.value):
            here = trial
        if trial.value > best.value + _least(core):
            best = trial
    return best


def price_of(core: Core) -> Numbers:
    """What a site uses of each limit, in parts of the whole, added up."""
    if not len(core.limits.at_most):
        return np.ones(core.size)
    parts = np.divide(1.0, core.limits.at_most, out=np.ones(len(core.limits.at_most)), where=core.limits.at_most > 0)
    used: Numbers = core.limits.use.T @ parts
    prices: Numbers = np.maximum(used, used.max(initial=1.0) * 1e-6)
    return prices


def _least(core: Core) -> float:
    """Less than this is no gain but rounding."""
    return core.step * 0.25
